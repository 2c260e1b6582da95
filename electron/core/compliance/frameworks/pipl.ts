import { secondFactors, uniqueAccounts } from '../checks/accounts.ts';
import { auditCoverage, auditKept, auditWhole } from '../checks/audit.ts';
import { backups, drills } from '../checks/backups.ts';
import { accessByCase, caseRetention, labels, purposes } from '../checks/cases.ts';
import { fourEyes, leastPrivilege } from '../checks/duties.ts';
import { notExposed, protectedTransmission } from '../checks/network.ts';
import { accessForPeople, masking } from '../checks/personal-data.ts';
import { encryptedStorage, erasure } from '../checks/storage.ts';
import { duty, type Check, type Control } from '../finding.ts';

const control = (reference: string, chinese: string, english: string, ...checks: Check[]): Control => ({
  reference: `PIPL ${reference}`,
  title: { en: english, 'zh-CN': chinese },
  checks,
});

/** 中华人民共和国个人信息保护法, the articles that a place where personal data are processed can show something about. */
export const pipl: readonly Control[] = [
  control('6', '目的明确、合理，最小必要', 'A clear purpose, and no more than it needs', purposes, duty('necessity')),
  control('9', '对处理活动负责并保障安全', 'Responsibility for security', encryptedStorage, auditCoverage),
  control('13', '合法性基础', 'A legal basis', duty('consent')),
  control('17', '告知处理目的、方式与保存期限', 'Notice of purpose, manner and term', purposes, duty('consent')),
  control('19', '保存期限为实现目的所必要的最短时间', 'Kept no longer than needed', caseRetention, duty('necessity')),
  control('21', '委托处理', 'Processing on one’s behalf', notExposed, duty('contracts')),
  control('28', '敏感个人信息的严格保护', 'Strict protection of sensitive data', masking, labels, encryptedStorage, duty('consent')),
  control('38', '向境外提供个人信息', 'Provision abroad', notExposed, duty('abroad')),
  control('44', '知情权与决定权', 'To know and to decide', accessForPeople, duty('rights')),
  control('45', '查阅、复制权', 'Access and copies', accessForPeople, duty('rights')),
  control('46', '更正、补充权', 'Correction', duty('rights')),
  control('47', '删除权', 'Deletion', erasure, caseRetention, duty('rights')),
  control('50', '便捷的受理和处理机制', 'A way to exercise these rights', accessForPeople, duty('rights')),
  control('51(1)', '内部管理制度和操作规程', 'Internal rules', leastPrivilege, fourEyes, duty('rules')),
  control('51(2)', '分类管理', 'Classification', labels, accessByCase),
  control('51(3)', '加密、去标识化等技术措施', 'Encryption, de-identification', encryptedStorage, masking, protectedTransmission),
  control('51(4)', '操作权限与人员培训', 'Rights of people, and training', uniqueAccounts, secondFactors, duty('people')),
  control('51(5)', '安全事件应急预案', 'Plans for incidents', backups, drills, duty('incidents')),
  control('54', '定期合规审计', 'Regular audits', auditWhole, duty('evaluation')),
  control('55', '个人信息保护影响评估', 'Impact assessment', duty('assessment')),
  control('56', '评估报告和处理情况记录保存三年', 'Records are kept three years', auditKept(1095)),
  control('57', '泄露时的补救与通知', 'What to do after a leak', duty('incidents')),
];
