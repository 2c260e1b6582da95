import type { Duty } from './duties.ts';
import type { FactTexts } from './en.ts';

const time = (at: number | null) => (at === null ? '从未' : `${new Date(at).toISOString().slice(0, 16).replace('T', ' ')} UTC`);

const duties: Readonly<Record<Duty, string>> = {
  hosts: '操作系统的更新、精简和加固由使用单位负责。',
  malware: '机器上的恶意代码防范由使用单位负责；Redoubt 在没有密钥、没有网络的独立进程中读取文件。',
  boot: '机器和操作系统的可信启动由使用单位负责；Redoubt 启动时按已签名清单校验自身文件。',
  remote: '异地备份由使用单位负责：备份文件夹已加密，可携带或镜像至异地。',
  redundancy: '机器冗余由使用单位负责；可用备份在另一台机器上恢复保险库。',
  central: '网络和机器的集中监控由使用单位负责；Redoubt 以 ECS、CEF 或 syslog 文件提供记录。',
  incidents: '事件的发现、处置和报告由使用单位负责；审计日志为其证据。',
  risk: '风险分析与处置由使用单位负责。',
  people: '人员审查、培训和惩戒由使用单位负责。',
  contracts: '与受托处理方的合同由使用单位负责；Redoubt 不向其发送任何内容。',
  consent: '合法性基础、告知和同意由个人信息处理者负责；每个案件均写明其目的。',
  assessment: '处理前的影响评估由个人信息处理者负责；本报告可作为其中一部分。',
  review: '定期查看记录由审计管理员负责；此处数字表明确有可查的记录。',
  rights: '在法定期限内答复个人由个人信息处理者负责。',
  physical: '机房、机器和介质由使用单位负责。',
  evaluation: '定期评估由使用单位负责；本报告可随时重新生成。',
  necessity: '所写目的是否合理、收集是否限于必需，由个人信息处理者判断。',
  clearance: '密级标记本身不决定访问：案件负责人只应让具备相应资格的人员加入。',
  abroad: '导出的文件带往何处由使用单位负责；数据流出证明列出所有流出内容。',
  rules: '书面制度和操作规程由使用单位负责；此处策略所强制的是其中一部分。',
  plans: '书面计划及每次演练后的修订由使用单位负责。',
};

const policies: Readonly<Record<string, string>> = { optional: '无人（可选）', administrators: '管理员', everybody: '所有人' };
const modes: Readonly<Record<string, string>> = { personal: '单一所有者', separated: '三员分立' };
const schedules: Readonly<Record<string, string>> = { off: '未启用', daily: '每天', weekly: '每周' };

export const zhFacts: FactTexts = {
  failed: (v) => `检查未能执行：${v.reason}`,
  duty: (v) => duties[v.duty],
  accounts: (v) => `共 ${v.people} 个账户，其中启用 ${v.active} 个；重名 ${v.repeated} 个；没有自己密钥槽的启用账户 ${v.withoutSlot} 个。`,
  passwords: (v) =>
    `密码：至少 ${v.length} 个字符、${v.kinds} 类字符，拒绝最近 ${v.history} 个密码，${v.days === 0 ? '不要求更换' : `${v.days} 天后须更换`}。要求：8 个字符、3 类、180 天内更换。`,
  lockout: (v) => `密码错误 ${v.attempts} 次后锁定 ${v.minutes} 分钟；当前锁定 ${v.locked} 个账户。要求：不超过 5 次，不少于 30 分钟。`,
  idle: (v) => `无操作 ${v.minutes} 分钟后会话结束，最长 ${v.hours} 小时；最后一个会话结束时保险库锁定。要求：不超过 15 分钟。`,
  secondFactor: (v) =>
    `策略要求使用第二因素的人员：${policies[v.policy] ?? v.policy}。${v.administrators} 名启用的管理员中有 ${v.withFactor} 名已启用。`,
  secondFactorOfAll: (v) =>
    `策略要求使用第二因素的人员：${policies[v.policy] ?? v.policy}。${v.active} 名启用的人员中有 ${v.withFactor} 名已启用。要求：所有人。`,
  separation: (v) =>
    `职责：${modes[v.mode] ?? v.mode}。启用的管理员：系统 ${v.system}，安全 ${v.security}，审计 ${v.audit}；拥有全部权限的账户 ${v.owners} 个。`,
  exclusive: (v) => `三类管理员共有 ${v.shared} 项可自行更改的权限，拥有 ${v.content} 项案件内容权限。`,
  defaults: (v) =>
    `共 ${v.calls} 个调用：无需会话 ${v.open} 个，登录即可 ${v.signedIn} 个，仅在角色授予时可用 ${v.granted} 个，其余一律拒绝。`,
  privileges: (v) => `除所有者外，在用角色最多可进行 ${v.calls} 个调用中的 ${v.largest} 个；可进行全部调用的启用账户 ${v.owners} 个。`,
  rulers: (v) => `设定访问规则的 ${v.calls} 个调用授予：${v.roles}。`,
  origins: (v) => `Redoubt 不带任何默认账户。${v.people} 个账户中有 ${v.unexplained} 个没有建立记录。`,
  dormant: (v) => `${v.dormant} 个启用账户已 ${v.days} 天未登录；${v.disabledWithSlot} 个停用账户仍有密钥槽。`,
  granularity: (v) => `${v.cases} 个案件、${v.memberships} 项成员资格决定谁能看到什么；其中 ${v.wrong} 项与角色或个人案件相矛盾。`,
  labels: (v) => `每个案件均有密级：公开 ${v.public}，内部 ${v.internal}，机密 ${v.confidential}，绝密 ${v.secret}。`,
  coverage: (v) =>
    `共 ${v.commands} 个会产生更改的命令，其中 ${v.unrecorded} 个没有审计操作；日志有 ${v.people} 名操作者的 ${v.entries} 条记录。记录无法写入的命令即告失败。`,
  content: (v) => `最新 ${v.entries} 条记录中，缺少时间、人员、操作、对象或结果之一的有 ${v.incomplete} 条。`,
  auditWhole: (v) => `为本报告校验了整个日志：${v.entries} 条记录，${v.problems} 个问题，用时 ${Math.round(v.ms)} 毫秒。`,
  auditGuarded: (v) => `${v.triggers} 个触发器保护日志；试图更改一条记录，结果${v.changeRefused ? '被拒绝' : '未被拒绝'}。`,
  auditRetention: (v) => `审计记录保留 ${v.days} 天。要求：${v.required} 天。`,
  witness: (v) =>
    `外部见证者 ${v.count} 个；最新确认的日志头：${v.size} 条，${time(v.at)}；此后新增 ${v.behind} 条；警报 ${v.alarms} 个。要求：31 天内有一次，且无警报。`,
  backup: (v) =>
    `加密备份：${schedules[v.schedule] ?? v.schedule}；最近一次：${time(v.at)}${v.problem === '' ? '' : `，失败（${v.problem}）`}。要求：按计划进行，最近一次在 8 天内。`,
  drill: (v) =>
    `最近一次恢复演练：${time(v.at)}${v.at === null ? '' : `，${v.ok ? '成功' : '失败'}：${v.rows} 行、${v.blobs} 个文件，用时 ${Math.round(v.ms / 1000)} 秒`}。要求：100 天内有一次成功。`,
  cipher: (v) =>
    `数据库：${v.cipher}，AES-256，每页 ${v.pageBytes} 字节并带 HMAC-SHA-512；删除的内容${v.secureDelete ? '会被覆写' : '未被覆写'}。`,
  files: (v) => `另有 ${v.files} 个加密文件；为本报告打开 ${v.tried} 个，认证失败 ${v.damaged} 个。`,
  rotation: (v) =>
    `第 ${v.epoch} 个保险库密钥，自 ${time(v.at)} 使用；${v.days === 0 ? '不要求更换' : `每 ${v.days} 天更换`}${v.due ? '，已逾期' : ''}。`,
  anchor: (v) => `数据库之外记录了 ${v.commits} 次提交；开启保险库时的比对结果：${v.places}。`,
  sockets: (v) =>
    `监听套接字 ${v.listening} 个，其中可被其他机器访问 ${v.outside} 个；与其他机器的连接 ${v.connections} 个，其中并非目录服务器的 ${v.others} 个。无法查看的沙箱进程 ${v.unread} 个。`,
  directory: (v) =>
    v.enabled
      ? `登录时查询目录服务器：${v.url}，使用 TLS，其证书${v.certificate ? '按指定的证书颁发机构核验' : '没有指定证书颁发机构'}。`
      : '不查询任何目录服务器。',
  erasure: (v) => `已证明的案件删除 ${v.removals} 次，其中有残留 ${v.left} 次；未完成 ${v.pending} 次。被删除内容的密钥已销毁。`,
  masking: (v) => `可识别并脱敏 ${v.kinds} 类个人信息；为本报告试验 ${v.examples} 个示例，遗漏 ${v.missed} 个。`,
  purposes: (v) => `共享案件 ${v.cases} 个，其中未说明目的 ${v.without} 个。`,
  caseRetention: (v) =>
    `案件${v.days === 0 ? '由人工删除' : `在关闭 ${v.days} 天后删除`}；${v.closed} 个已关闭案件中，无期限 ${v.unlimited} 个，逾期 ${v.overdue} 个。`,
  access: (v) => `${v.roles} 个角色中有 ${v.mayExport} 个角色的人员可导出与自己有关的数据；已执行 ${v.exports} 次。`,
  fourEyes: (v) => `${v.all} 类操作中有 ${v.count} 类需要两人${v.count === 0 ? '' : `：${v.classes}`}。`,
  signIns: (v) => `最近 ${v.days} 天记录了 ${v.done} 次登录和 ${v.refused} 次被拒绝的登录。`,
  emergency: (v) =>
    `应急开启方式：${v.recovery ? '恢复码' : '没有恢复码'}，${v.threshold === 0 ? '没有保管人' : `保管人（${v.shares} 份中的 ${v.threshold} 份）`}；已使用 ${v.used} 次，均有记录。`,
  alerts: (v) =>
    `${v.all} 条规则中有 ${v.on} 条用于发现异常行为；尚未查看的警报 ${v.open} 个${v.open === 0 ? '' : `，最早的已等待 ${v.days} 天`}。要求：至少启用一条规则，且警报等待不超过 7 天。`,
  validation: (v) => `${v.calls} 个调用的输入在执行前按模式校验；${v.unchecked} 个调用不接受输入。`,
};
