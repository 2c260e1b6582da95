/** Each text in English and Chinese; `{{name}}` stands for a value. */
export const texts = {
  missing: ['The file is missing.', '缺少该文件。'],
  foreign: ['The file does not belong to the report.', '该文件不属于本报告。'],
  'sums-changed': ['The list was changed: its signature fits the files as they are.', '清单被改动：其签名与现有文件相符。'],
  'sums-signature-changed': ['The signature of the list was changed: the list fits the files.', '清单的签名被改动：清单与文件相符。'],
  'sums-unsigned': ['The list of files and its signature do not fit each other.', '文件清单与其签名不相符。'],
  'sums-signed': ['The list of files is signed by the audit log’s key.', '文件清单由审计日志的密钥签名。'],
  'sums-signature': ['The signature fits the list.', '签名与清单相符。'],
  listed: ['The file is the one in the signed list.', '该文件与已签名清单一致。'],
  changed: ['The file was changed after it was signed.', '该文件在签名后被改动。'],
  root: ['The root certificate signs itself. SHA-256 fingerprint {{sha256}}', '根证书为自签名证书。SHA-256 指纹 {{sha256}}'],
  'root-bad': ['Not proven: it is no certificate that signs itself.', '未能证明：它不是自签名证书。'],
  json: ['The report is canonical and complete.', '报告为规范格式，内容完整。'],
  'json-bad': ['Not proven: it is not a report in canonical form.', '未能证明：它不是规范格式的报告。'],
  'json-signed': [
    'report.json is signed (CAdES) by {{signer}}, a certificate that leads to root-ca.crt.',
    'report.json 已由 {{signer}} 签名（CAdES），其证书链通向 root-ca.crt。',
  ],
  'not-valid-then': [
    'Not proven: a certificate was not valid when the report says it was made.',
    '未能证明：在报告所述的生成时间，有证书不在有效期内。',
  ],
  'root-named': ['It is the certificate that report.json names.', '它是 report.json 所指明的证书。'],
  'root-other': ['Not proven: report.json names another certificate.', '未能证明：report.json 指明的是另一证书。'],
  chain: ['The certificates lead from the signer to root-ca.crt.', '证书链从签名者通向 root-ca.crt。'],
  'chain-other': ['Not proven: they are not the certificates of the signature.', '未能证明：它们不是该签名的证书。'],
  'key-named': ['It is the key that report.json names.', '它是 report.json 所指明的密钥。'],
  'key-other': ['Not proven: report.json names another key.', '未能证明：report.json 指明的是另一密钥。'],
  head: ['The state of the audit log is signed by its key.', '审计日志的状态已由其密钥签名。'],
  'head-other': ['Not proven: its signature or its text is not that of report.json.', '未能证明：其签名或内容与 report.json 不符。'],
  note: ['It is what the checkpoint’s signature covers.', '它是检查点签名所覆盖的内容。'],
  'note-other': ['Not proven: it differs from checkpoint.txt.', '未能证明：它与 checkpoint.txt 不同。'],
  sig: ['It is the checkpoint’s signature.', '它是检查点的签名。'],
  'sig-other': ['Not proven: it differs from checkpoint.txt.', '未能证明：它与 checkpoint.txt 不同。'],
  leaves: [
    'All {{count}} audit entries are proven to stand in the log of {{size}}.',
    '全部 {{count}} 条审计记录均证明存在于大小为 {{size}} 的日志中。',
  ],
  'leaf-other': [
    'Not proven: audit entry {{sequence}} is not the one that was hashed.',
    '未能证明：第 {{sequence}} 条审计记录不是当时计算哈希的那一条。',
  ],
  'leaf-twice': [
    'Not proven: audit entry {{sequence}} stands twice or out of order.',
    '未能证明：第 {{sequence}} 条审计记录重复或顺序不对。',
  ],
  'leaf-outside': ['Not proven: audit entry {{sequence}} is not part of the log.', '未能证明：第 {{sequence}} 条审计记录不在日志中。'],
  continues: ['The log contains the {{size}} entries that a witness saw.', '日志包含见证方所见的 {{size}} 条记录。'],
  forked: [
    'Not proven: the log does not contain the {{size}} entries that the report says a witness saw.',
    '未能证明：日志并不包含报告所称见证方所见的 {{size}} 条记录。',
  ],
  cosigned: [
    'The witness {{name}}, whose key you gave, saw this state of the log at {{at}}.',
    '您提供密钥的见证方 {{name}} 于 {{at}} 见到日志的这一状态。',
  ],
  'cosigned-earlier': [
    'The witness {{name}}, whose key you gave, saw the first {{size}} entries of this log at {{at}}.',
    '您提供密钥的见证方 {{name}} 于 {{at}} 见到本日志的前 {{size}} 条记录。',
  ],
  'cosignature-wrong': [
    'Not proven: the cosignature of {{name}} does not fit the key you gave.',
    '未能证明：{{name}} 的共同签名与您提供的密钥不符。',
  ],
  pdf: [
    'The whole document is signed (PAdES) by a certificate that leads to root-ca.crt and has report.json attached.',
    '整个文档已签名（PAdES），证书链通向 root-ca.crt，并附有 report.json。',
  ],
  'time-stamp': [
    'A time-stamp (RFC 3161) of the signature by the vault’s own authority: {{at}}, by the clock of the machine.',
    '保险库自有时间戳机构对签名加盖的时间戳（RFC 3161）：{{at}}，取自本机时钟。',
  ],
  'time-stamp-bad': [
    'Not proven: it is no time-stamp of report.json.p7s by time-stamp-ca.crt.',
    '未能证明：它不是 time-stamp-ca.crt 对 report.json.p7s 加盖的时间戳。',
  ],
  'time-stamp-other': ['Not proven: it states another time than report.json.', '未能证明：其时间与 report.json 不同。'],
  'time-stamp-root': ['The authority’s certificate signs itself.', '时间戳机构的证书为自签名证书。'],
  'sm2-root': ['The SM2 certificate signs itself. SHA-256 fingerprint {{sha256}}', 'SM2 证书为自签名证书。SHA-256 指纹 {{sha256}}'],
  'sm2-root-bad': ['Not proven: it is no SM2 certificate that signs itself.', '未能证明：它不是自签名的 SM2 证书。'],
  'sm3-listed': ['The list by SM3 fits the files.', 'SM3 清单与文件相符。'],
  'sm3-other': ['Not proven: the list by SM3 does not fit the files.', '未能证明：SM3 清单与文件不符。'],
  'sm2-signed': [
    'The list by SM3 is signed by SM2 (software, not a certified module).',
    'SM3 清单已用 SM2 签名（软件实现，非认证密码模块）。',
  ],
  'sm2-other': ['Not proven: the SM2 signature does not fit.', '未能证明：SM2 签名不符。'],
  'suite-other': [
    'Not proven: report.json was made with other signatures ({{suite}}).',
    '未能证明：report.json 生成时使用的是其他签名方式（{{suite}}）。',
  ],
  unreadable: ['Not proven: it cannot be read.', '未能证明：无法读取。'],
  'not-one-signature': ['Not proven: it does not hold exactly one signature.', '未能证明：其中的签名不是恰好一个。'],
  'other-certificate': ['Not proven: the signer’s certificate is missing or another.', '未能证明：签名者的证书缺失或不是同一个。'],
  'not-issued': ['Not proven: the signer’s certificate does not lead to root-ca.crt.', '未能证明：签名者的证书链不通向 root-ca.crt。'],
  'other-content': ['Not proven: the content is not the one that was signed.', '未能证明：内容不是当时签名的内容。'],
  'does-not-match': ['Not proven: the signature does not match.', '未能证明：签名不匹配。'],
  'not-whole': ['Not proven: it has no signature that covers the whole document.', '未能证明：没有覆盖整个文档的签名。'],
  'other-attachment': ['Not proven: the attached report.json is missing or another.', '未能证明：所附的 report.json 缺失或不是同一个。'],
  'own-root': ['It is this vault’s certificate.', '它是本保险库的证书。'],
  'not-own-root': ['Not proven: it is not this vault’s certificate.', '未能证明：它不是本保险库的证书。'],

  'proves-unchanged': [
    'No byte of the {{count}} files was changed since the report was signed.',
    '自报告签名以来，{{count}} 个文件的任何字节均未改动。',
  ],
  'proves-signer': [
    'Whoever holds the key of “{{signer}}” signed it; the certificate was issued under the root with the fingerprint {{sha256}}.',
    '签名者持有“{{signer}}”的密钥；其证书由指纹为 {{sha256}} 的根签发。',
  ],
  'proves-log': [
    'The {{count}} audit entries it lists (those withheld by their hash alone) stood in the log {{origin}} when that held {{size}} entries.',
    '所列 {{count}} 条审计记录（未显示内容的仅以哈希列出）存在于日志 {{origin}} 中，当时日志共有 {{size}} 条记录。',
  ],
  'proves-witness': [
    'The witness {{name}} saw the first {{size}} entries of this very log at {{at}} by its own clock: up to there, nobody can have another version of it.',
    '见证方 {{name}} 按其自身时钟于 {{at}} 见到的正是本日志的前 {{size}} 条记录：到此为止，不可能另有版本。',
  ],
  'proves-not-origin': [
    'Whose report it is, until you compare the fingerprint of the root with the one that the owner of the vault gave you by another way (on paper, by telephone).',
    '报告出自何处：请先将根证书指纹与保险库所有者通过其他途径（纸面、电话）提供的指纹核对。',
  ],
  'proves-not-time': ['The time: it is the word of the machine’s clock.', '时间：取自本机时钟。'],
  'proves-not-time-stamped': [
    'The time: the time-stamp comes from the vault itself and knows nothing but the machine’s clock.',
    '时间：时间戳由保险库自身加盖，仅依据本机时钟。',
  ],
  'proves-not-withdrawn': [
    'That the authority has not withdrawn a certificate, or that none had ended when the report was really made: ask the authority.',
    '证书未被证书机构吊销，或报告实际生成时证书仍在有效期内：请向证书机构查询。',
  ],
  'proves-not-one-log': [
    'That the log is the only one: no witness has cosigned it. Whoever holds the vault’s password and the machine could have put the whole machine back to an earlier state, and nothing here would show it.',
    '日志的唯一性：没有见证方对其共同签名。掌握保险库密码和机器的人可以把整台机器恢复到早先的状态，而此处无法发现。',
  ],
  'proves-not-unknown-witness': [
    'That the log is the only one: it carries cosignatures by {{names}}, but you gave no key for them. Ask the witness for its key.',
    '日志的唯一性：日志带有 {{names}} 的共同签名，但您未提供其密钥。请向见证方索取密钥。',
  ],
  'proves-not-after-witness': [
    'That nothing happened beside the {{count}} entries after those that the witness saw.',
    '见证方所见之后的 {{count}} 条记录，不能证明没有其他版本。',
  ],
  'proves-not-sm2': [
    'That the SM2 key lay in a certified module: it is software in the vault. Compare its fingerprint too: {{sha256}}',
    'SM2 密钥存放于认证密码模块：它是保险库中的软件密钥。请一并核对其指纹：{{sha256}}',
  ],
  'proves-not-template': [
    'That every word is Redoubt’s: the report follows the template “{{name}}”, whose author chose what stands in it, wrote text between, and may have left parts out. What was found stands under “data” in report.json.',
    '所有文字均出自 Redoubt：本报告采用模板“{{name}}”，其作者决定了所含内容、撰写了其间文字，也可能省略了部分内容。实际结果见 report.json 的 data。',
  ],
  'proves-not-complete': [
    'That no personal data is left: what Redoubt recognises is masked; names and free text may remain.',
    '没有遗漏的个人信息：Redoubt 能识别的均已脱敏，姓名和自由文本可能仍在其中。',
  ],
  'proves-nothing': ['Nothing. Do not rely on this report: ask for it again.', '什么也不能证明。请勿采信本报告，并请对方重新提供。'],
} as const satisfies Readonly<Record<string, readonly [en: string, zh: string]>>;

export type TextCode = keyof typeof texts;
export type Values = Readonly<Record<string, string | number>>;
export type Language = 'en' | 'zh-CN';

export function say(code: TextCode, values: Values, language: Language): string {
  const text: string = texts[code][language === 'zh-CN' ? 1 : 0];
  return text.replaceAll(/\{\{(\w+)\}\}/g, (_, name: string) => String(values[name] ?? ''));
}
