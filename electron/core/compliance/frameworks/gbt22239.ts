import { alertsWatched } from '../checks/alerts.ts';
import { noDefaultAccounts, noDormantAccounts, secondFactorsOfAll, uniqueAccounts } from '../checks/accounts.ts';
import { auditContent, auditCoverage, auditGuarded, auditKept, auditWhole, witnessed } from '../checks/audit.ts';
import { backups, drills } from '../checks/backups.ts';
import { accessByCase, labels, purposes } from '../checks/cases.ts';
import { authorisedRules, deniedByDefault, exclusiveRoles, fourEyes, leastPrivilege, separatedDuties } from '../checks/duties.ts';
import { notExposed, protectedTransmission } from '../checks/network.ts';
import { passwordRules } from '../checks/passwords.ts';
import { masking } from '../checks/personal-data.ts';
import { idleLock, lockOut, signInsRecorded } from '../checks/sessions.ts';
import { anchored, encryptedStorage, erasure, keyReplaced } from '../checks/storage.ts';
import { inputChecked } from '../checks/validation.ts';
import { duty, type Check, type Control } from '../finding.ts';

const control = (reference: string, chinese: string, english: string, ...checks: Check[]): Control => ({
  reference: `GB/T 22239 ${reference}`,
  title: { en: english, 'zh-CN': chinese },
  checks,
});

/** 信息安全技术 网络安全等级保护基本要求 (GB/T 22239-2019), level 3: 8.1.4 安全计算环境 and 8.1.5 安全管理中心, as far as they speak of an application. */
export const gbt22239: readonly Control[] = [
  control(
    '8.1.4.1 a)',
    '身份标识唯一，口令复杂并定期更换',
    'Unique identities; complex passwords that change',
    uniqueAccounts,
    passwordRules,
  ),
  control('8.1.4.1 b)', '登录失败处理与会话超时', 'Failed sign-ins and idle sessions are dealt with', lockOut, idleLock),
  control(
    '8.1.4.1 c)',
    '远程管理时防止鉴别信息被窃听',
    'Credentials are not overheard in remote management',
    notExposed,
    protectedTransmission,
  ),
  control('8.1.4.1 d)', '采用两种或以上组合的鉴别技术', 'Two factors', secondFactorsOfAll),
  control('8.1.4.2 a)', '为用户分配账户和权限', 'Accounts and rights are assigned', deniedByDefault, uniqueAccounts),
  control('8.1.4.2 b)', '重命名或删除默认账户', 'No default accounts', noDefaultAccounts),
  control(
    '8.1.4.2 c)',
    '停用多余、过期账户，避免共享账户',
    'No superfluous, expired or shared accounts',
    noDormantAccounts,
    uniqueAccounts,
  ),
  control(
    '8.1.4.2 d)',
    '最小权限与管理用户权限分离',
    'Least privilege; administration is separated',
    separatedDuties,
    exclusiveRoles,
    leastPrivilege,
  ),
  control('8.1.4.2 e)', '由授权主体配置访问控制策略', 'Authorised subjects set the access rules', authorisedRules),
  control('8.1.4.2 f)', '访问控制粒度达到用户级、表级', 'Granularity of users and of what they reach', accessByCase),
  control(
    '8.1.4.2 g)',
    '对重要主客体设置安全标记并控制访问',
    'Security labels, and access by them',
    labels,
    accessByCase,
    duty('clearance'),
  ),
  control('8.1.4.3 a)', '审计覆盖每个用户的重要行为', 'Every user’s important acts are recorded', auditCoverage, signInsRecorded),
  control('8.1.4.3 b)', '记录包括时间、用户、类型、结果', 'Records name time, user, kind and outcome', auditContent),
  control('8.1.4.3 c)', '保护并定期备份审计记录', 'Records are protected and backed up', auditWhole, auditKept(180), backups, witnessed),
  control('8.1.4.3 d)', '审计进程不受未授权中断', 'Recording cannot be interrupted', auditGuarded),
  control('8.1.4.4 a)', '最小安装', 'Minimal installation', duty('hosts')),
  control('8.1.4.4 b)', '关闭不需要的服务和端口', 'No service or port that is not needed', notExposed),
  control('8.1.4.4 c)', '限制管理终端接入', 'Management terminals are limited', notExposed),
  control('8.1.4.4 d)', '对输入内容进行有效性检验', 'Input is validated', inputChecked),
  control('8.1.4.4 e)', '发现并修补漏洞', 'Vulnerabilities are found and mended', duty('hosts')),
  control('8.1.4.4 f)', '检测入侵并报警', 'Intrusion is detected', alertsWatched, duty('incidents')),
  control('8.1.4.5', '恶意代码防范', 'Malicious code', duty('malware')),
  control('8.1.4.6', '可信验证', 'Trusted verification', duty('boot')),
  control('8.1.4.7 a)', '传输过程中的数据完整性', 'Integrity in transmission', protectedTransmission),
  control('8.1.4.7 b)', '存储过程中的数据完整性', 'Integrity in storage', encryptedStorage, anchored, auditWhole),
  control('8.1.4.8 a)', '传输过程中的数据保密性', 'Confidentiality in transmission', protectedTransmission),
  control('8.1.4.8 b)', '存储过程中的数据保密性', 'Confidentiality in storage', encryptedStorage, keyReplaced),
  control('8.1.4.9 a)', '本地备份与恢复', 'Local backup and restore', backups, drills),
  control('8.1.4.9 b)', '异地实时备份', 'Backup at another place', duty('remote')),
  control('8.1.4.9 c)', '热冗余', 'Hot redundancy', duty('redundancy')),
  control('8.1.4.10 a)', '鉴别信息存储空间释放前清除', 'Credentials are cleared before space is reused', erasure),
  control('8.1.4.10 b)', '敏感数据存储空间释放前清除', 'Sensitive data are cleared before space is reused', erasure),
  control('8.1.4.11 a)', '仅采集和保存业务必需的个人信息', 'Only necessary personal data', purposes, duty('necessity')),
  control('8.1.4.11 b)', '禁止未授权访问和非法使用个人信息', 'No unauthorised access to personal data', accessByCase, masking),
  control('8.1.5.1', '系统管理', 'System administration', separatedDuties, auditCoverage),
  control('8.1.5.2', '审计管理', 'Audit administration', separatedDuties, auditWhole),
  control('8.1.5.3', '安全管理', 'Security administration', separatedDuties, fourEyes),
  control('8.1.5.4', '集中管控', 'Central control', duty('central')),
];
