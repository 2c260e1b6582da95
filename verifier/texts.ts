export type Language = 'en' | 'zh-CN';

const texts = {
  title: ['Redoubt report verifier', 'Redoubt 报告核验'],
  intro: [
    'Checks a signed report in this browser alone: no server, no network, nothing leaves this computer. Take this page from where you trust it, not from whoever gave you the report.',
    '仅在本浏览器中核验已签名的报告：不需要服务器和网络，任何内容都不会离开本机。请从可信来源获取此页面，不要使用报告提供者给您的那一份。',
  ],
  drop: ['Drop the ZIP file, or all files of the report, here', '将 ZIP 文件或报告的全部文件拖到此处'],
  choose: ['Choose files', '选择文件'],
  chooseFolder: ['Choose a folder', '选择文件夹'],
  witness: ['Keys of witnesses that you know (one a line)', '您所知的见证方密钥（每行一个）'],
  witnessHint: [
    'Somebody outside who keeps the state of the log. With their key, this page also checks that the log is the only one.',
    '在外部保存日志状态的见证方。提供其密钥后，本页面还会核验日志的唯一性。',
  ],
  witnessBad: ['This is not the key of a witness: {{key}}', '这不是见证方的密钥：{{key}}'],
  checking: ['Checking {{name}} …', '正在核验 {{name}} …'],
  verified: ['The report is intact', '报告完好'],
  verifiedText: [
    'Now compare the fingerprint below: only that tells whose report it is.',
    '请继续核对下方指纹：只有这样才能确认报告出自何处。',
  ],
  failed: ['The report does NOT verify', '报告未通过核验'],
  failedText: ['Do not rely on it. At fault: {{files}}', '请勿采信。问题文件：{{files}}'],
  unreadable: ['This cannot be read as a report', '无法作为报告读取'],
  seconds: ['{{count}} files checked in {{seconds}} s', '{{seconds}} 秒内核验了 {{count}} 个文件'],
  report: ['What the report says it is', '报告自述'],
  name: ['Title', '标题'],
  kind: ['Kind', '类型'],
  made: ['Made', '生成时间'],
  by: ['By', '生成者'],
  organisation: ['Organisation', '组织'],
  classification: ['Classification', '密级'],
  vault: ['Vault', '保险库'],
  suite: ['Signatures', '签名方式'],
  fingerprint: ['Whose report is it?', '报告出自何处？'],
  fingerprintText: [
    'SHA-256 of the root certificate “{{subject}}”. Compare it with what the owner of the vault, or the authority, gave you by another way (on paper, by telephone).',
    '根证书“{{subject}}”的 SHA-256 指纹。请与保险库所有者或证书机构通过其他途径（纸面、电话）提供的指纹核对。',
  ],
  compare: ['Paste or type the fingerprint you were given', '粘贴或输入您得到的指纹'],
  same: ['It is the same fingerprint.', '指纹一致。'],
  other: ['It is ANOTHER fingerprint. This report does not come from there.', '指纹不一致。本报告并非出自该处。'],
  incomplete: ['{{count}} of 64 digits', '已输入 {{count}} / 64 位'],
  proven: ['What is proven', '能够证明'],
  notProven: ['What is not proven', '不能证明'],
  checks: ['File by file', '逐个文件'],
  file: ['File', '文件'],
  state: ['State', '状态'],
  finding: ['Finding', '结果'],
  good: ['good', '正常'],
  bad: ['FAILED', '失败'],
  dark: ['Dark', '深色'],
  light: ['Light', '浅色'],
  language: ['中文', 'English'],
  'no-zip': ['It is neither a ZIP archive nor the files of a report.', '它既不是 ZIP 压缩包，也不是报告文件。'],
  unsupported: [
    'The archive is encrypted or packed in a way that reports are not: {{entry}}',
    '压缩包已加密，或其打包方式与报告不符：{{entry}}',
  ],
  'bad-name': ['A name leads elsewhere, stands twice or lies too deep: {{entry}}', '有名称指向别处、重复或层级过深：{{entry}}'],
  'too-much': ['The archive unpacks to more than any report: {{entry}}', '压缩包解压后超出任何报告的大小：{{entry}}'],
  damaged: ['The archive is damaged: {{entry}}', '压缩包已损坏：{{entry}}'],
  'kind-run': ['Runs of a flow', '流程运行'],
  'kind-case': ['Case', '案件'],
  'kind-person': ['Person', '人员'],
  'kind-model': ['Model', '模型'],
  'kind-access': ['Access review', '权限审查'],
  'kind-compliance': ['Compliance', '合规状态'],
  'kind-egress': ['Egress', '数据外出'],
} as const satisfies Readonly<Record<string, readonly [en: string, zh: string]>>;

export type PageText = keyof typeof texts;

export function pageText(code: PageText, language: Language, values: Readonly<Record<string, string | number>> = {}): string {
  const text: string = texts[code][language === 'zh-CN' ? 1 : 0];
  return text.replaceAll(/\{\{(\w+)\}\}/g, (_, name: string) => String(values[name] ?? ''));
}

export function hasText(code: string): code is PageText {
  return code in texts;
}
