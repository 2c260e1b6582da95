import { alertsWatched } from '../checks/alerts.ts';
import { noDormantAccounts, secondFactors, uniqueAccounts } from '../checks/accounts.ts';
import { auditCoverage, auditGuarded, auditKept, auditWhole, witnessed } from '../checks/audit.ts';
import { backups, drills } from '../checks/backups.ts';
import { accessByCase } from '../checks/cases.ts';
import { deniedByDefault } from '../checks/duties.ts';
import { notExposed, protectedTransmission } from '../checks/network.ts';
import { passwordRules } from '../checks/passwords.ts';
import { emergencyAccess, idleLock, lockOut, signInsRecorded } from '../checks/sessions.ts';
import { anchored, encryptedStorage, erasure, keyReplaced } from '../checks/storage.ts';
import { duty, type Check, type Control } from '../finding.ts';

const control = (reference: string, english: string, chinese: string, ...checks: Check[]): Control => ({
  reference: `45 CFR ${reference}`,
  title: { en: english, 'zh-CN': chinese },
  checks,
});

/** The HIPAA Security Rule: administrative (164.308) and technical (164.312) safeguards, what of media and records goes with them. */
export const hipaa: readonly Control[] = [
  control('164.308(a)(1)(ii)(A), (B)', 'Risk analysis and management', '风险分析与管理', duty('risk')),
  control('164.308(a)(1)(ii)(C)', 'Sanction policy', '惩戒制度', duty('people')),
  control('164.308(a)(1)(ii)(D)', 'Information system activity review', '系统活动审查', auditWhole, alertsWatched, duty('review')),
  control('164.308(a)(2)', 'Assigned security responsibility', '指定安全负责人', duty('people')),
  control('164.308(a)(3)(ii)(A), (B)', 'Authorisation and clearance', '授权与审查', deniedByDefault, duty('people')),
  control('164.308(a)(3)(ii)(C)', 'Termination procedures', '离职处理', noDormantAccounts, duty('people')),
  control('164.308(a)(4)', 'Information access management', '信息访问管理', deniedByDefault, accessByCase),
  control('164.308(a)(5)(ii)(A)', 'Security reminders', '安全提醒', duty('people')),
  control('164.308(a)(5)(ii)(B)', 'Protection from malicious software', '恶意软件防护', duty('malware')),
  control('164.308(a)(5)(ii)(C)', 'Log-in monitoring', '登录监控', signInsRecorded, lockOut),
  control('164.308(a)(5)(ii)(D)', 'Password management', '口令管理', passwordRules),
  control('164.308(a)(6)', 'Security incident procedures', '安全事件处理', duty('incidents')),
  control('164.308(a)(7)(ii)(A)', 'Data backup plan', '数据备份', backups),
  control('164.308(a)(7)(ii)(B)', 'Disaster recovery plan', '灾难恢复', drills, duty('plans')),
  control('164.308(a)(7)(ii)(C)', 'Emergency mode operation', '应急运行', emergencyAccess, duty('redundancy')),
  control('164.308(a)(7)(ii)(D)', 'Testing and revision', '演练与修订', drills, duty('plans')),
  control('164.308(a)(8)', 'Evaluation', '评估', duty('evaluation')),
  control('164.308(b)', 'Business associate contracts', '业务伙伴合同', notExposed, duty('contracts')),
  control('164.310', 'Physical safeguards', '物理保护', duty('physical')),
  control('164.310(d)(2)(i), (ii)', 'Disposal and media re-use', '介质处置与重用', erasure, duty('physical')),
  control('164.312(a)(1)', 'Access control', '访问控制', deniedByDefault, accessByCase),
  control('164.312(a)(2)(i)', 'Unique user identification', '唯一用户标识', uniqueAccounts),
  control('164.312(a)(2)(ii)', 'Emergency access procedure', '应急访问', emergencyAccess),
  control('164.312(a)(2)(iii)', 'Automatic logoff', '自动注销', idleLock),
  control('164.312(a)(2)(iv)', 'Encryption and decryption', '加密与解密', encryptedStorage, keyReplaced),
  control('164.312(b)', 'Audit controls', '审计控制', auditCoverage, auditGuarded),
  control('164.312(c)(1)', 'Integrity', '完整性', auditWhole, anchored),
  control('164.312(c)(2)', 'Mechanism to authenticate data', '数据鉴别机制', encryptedStorage, witnessed),
  control('164.312(d)', 'Person or entity authentication', '人员鉴别', uniqueAccounts, secondFactors),
  control('164.312(e)(1)', 'Transmission security', '传输安全', notExposed),
  control('164.312(e)(2)(i), (ii)', 'Integrity and encryption in transmission', '传输完整性与加密', protectedTransmission),
  control('164.316(b)(2)(i)', 'Records are kept six years', '记录保存六年', auditKept(2190)),
];
