/** What a report was made with, as far as its checking depends on it. */
export type VerifyOptions = {
  /** An organisation's authority issued the signer's certificate, which was valid then; null: the vault's own root did, without an end. */
  readonly at: Date | null;
  readonly timeStamp: boolean;
  readonly sm2: boolean;
  /** Names of the witnesses that cosigned this state of the log, or an earlier one that it continues. */
  readonly witnesses: readonly string[];
};

type Step = {
  readonly en: string;
  readonly zh: string;
  readonly commands: readonly string[];
  readonly after?: readonly [en: string, zh: string];
};

/** The commands of VERIFY.txt, in its order. The tests run them exactly as they stand there. */
export function verifyCommands(options: VerifyOptions): string[] {
  return steps(options).flatMap(({ commands }) => commands);
}

/** VERIFY.txt. */
export function verifyText(options: VerifyOptions): string {
  const list = steps(options);
  const count = list.length;
  return `HOW TO CHECK THIS REPORT                                    （中文说明见下）

You need OpenSSL 3 and a PDF reader that shows signatures (or pdfsig of Poppler),
and no network. Run the commands in this folder. If you have Redoubt, this does
all of it and more:   redoubt report verify .
Without any of these, open verifier.html in a browser and drop the files on it;
take that page from where you trust it, not from whoever gave you this report.

${list.map((step, index) => written(step, index + 1, 0)).join('\n')}
WHAT THIS PROVES
- With the fingerprint compared: ${options.at ? 'a key that this authority certified' : 'the vault that has this certificate'} made this
  report, and no byte of any file here was changed since.
- The audit entries in report.json stood in that vault's log at the size and root
  that checkpoint.txt names (RFC 6962 proofs; redoubt report verify checks them).

WHAT IT DOES NOT PROVE
${
  options.at
    ? `- Without step ${count}, nothing about the origin: anybody can make an authority.`
    : `- Without step ${count}, nothing about the origin: the certificate is self-made, one for
  each vault. Anybody can make another and sign a report with it.`
}
${
  options.timeStamp
    ? `- The time: the time-stamp comes from the vault itself, by the clock of the machine.
  It is no witness of the true time.`
    : `- The time: it is the word of the machine's clock. There is no time-stamp service
  on a machine without a network.`
}${
    options.at
      ? `
- That the authority has not withdrawn a certificate, or that none had ended when
  the report was really made: ask the authority.`
      : ''
  }
${
  options.witnesses.length > 0
    ? `- That the log is the only one, unless you know the keys of those who cosigned
  the log (${options.witnesses.join(', ')}) and have Redoubt check them:
  redoubt report verify . --witness KEY`
    : `- That the log is the only one: whoever holds the vault's password and the
  machine could put the whole machine back to an earlier state. Only a checkpoint
  kept elsewhere (keep checkpoint.txt) shows it.`
}
- That no personal data is left: what Redoubt recognises is masked; names and
  free text may remain.


如何核验本报告

您需要 OpenSSL 3 以及能显示签名的 PDF 阅读器（或 Poppler 的 pdfsig），不需要网络。
请在本文件夹中运行下列命令。如果装有 Redoubt，一条命令即可完成全部核验：
redoubt report verify .
若以上工具均没有，可用浏览器打开 verifier.html 并拖入这些文件；该页面请从可信来源
获取，不要使用报告提供者给您的那一份。

${list.map((step, index) => written(step, index + 1, 1)).join('\n')}
能够证明
- 核对指纹后：本报告由${options.at ? '该机构所认证的密钥' : '持有该证书的保险库'}生成，此后任何文件的任何字节均未改动。
- report.json 中的审计记录确实存在于该保险库的日志中，日志的大小和根哈希见
  checkpoint.txt（RFC 6962 证明，由 redoubt report verify 核验）。

不能证明
${options.at ? `- 未做第 ${count} 步时，不能证明来源：任何人都可以自建证书机构。` : `- 未做第 ${count} 步时，不能证明来源：证书由各保险库自行生成，任何人都可以另做一个并签名。`}
${options.timeStamp ? '- 时间：时间戳由保险库自身按本机时钟加盖，不能证明真实时间。' : '- 时间：时间来自本机时钟，断网的机器上没有时间戳服务。'}${options.at ? '\n- 证书未被证书机构吊销，或报告实际生成时证书仍在有效期内：请向证书机构查询。' : ''}
${
  options.witnesses.length > 0
    ? `- 日志的唯一性：除非您知道对日志共同签名的见证方（${options.witnesses.join('、')}）
  的密钥，并用 Redoubt 核验：redoubt report verify . --witness KEY`
    : `- 日志的唯一性：掌握保险库密码和机器的人可以把整台机器恢复到早先的状态，只有保存在
  别处的检查点（请保存 checkpoint.txt）才能发现。`
}
- 没有遗漏的个人信息：Redoubt 能识别的均已脱敏，姓名和自由文本可能仍在其中。
`;
}

function written({ en, zh, commands, after }: Step, number: number, language: 0 | 1): string {
  const lines = [`${number}. ${(language === 0 ? en : zh).replaceAll('\n', '\n   ')}`, ...commands.map((command) => `   ${command}`)];
  return `${[...lines, ...(after ? [`   ${after[language]}`] : [])].join('\n')}\n`;
}

function steps({ at, timeStamp, sm2 }: VerifyOptions): Step[] {
  // An organisation's certificates end some day; what they signed before stays signed.
  const then = at ? ` -attime ${Math.floor(at.getTime() / 1000)}` : '';
  return [
    {
      en: 'The list of files is signed. Expect "Signature Verified Successfully".',
      zh: '文件清单已签名，应显示 "Signature Verified Successfully"。',
      commands: ['openssl pkeyutl -verify -pubin -inkey log.pub -rawin -in SHA256SUMS -sigfile SHA256SUMS.sig'],
    },
    {
      en: 'Every file is the one in the list. Expect OK for each. There must be no other\nfile here but SHA256SUMS and SHA256SUMS.sig.',
      zh: '每个文件都与清单一致，每行应显示 OK。除 SHA256SUMS 和 SHA256SUMS.sig 外，\n此处不应有其他文件。',
      commands: ['sha256sum -c SHA256SUMS'],
      after: [
        '(macOS: shasum -a 256 -c SHA256SUMS; Windows: certutil -hashfile NAME SHA256)',
        '（macOS：shasum -a 256 -c SHA256SUMS；Windows：certutil -hashfile 文件名 SHA256）',
      ],
    },
    {
      en: 'report.json is signed (CAdES). Expect "CAdES Verification successful".',
      zh: 'report.json 已签名（CAdES），应显示 "CAdES Verification successful"。',
      commands: [
        `openssl cms -verify -cades -binary -inform PEM -in report.json.p7s -content report.json -CAfile root-ca.crt -purpose any${then}`,
        ...(at ? [`openssl verify -CAfile root-ca.crt -untrusted chain.pem${then} chain.pem`] : []),
      ],
    },
    {
      en: `report.pdf is signed (PAdES) and has report.json attached. Expect "Signature is
Valid" and "Total document signed". "Certificate issuer isn't Trusted" only
says that the ${at ? 'authority’s' : 'vault’s'} certificate is not installed on your machine.`,
      zh: `report.pdf 已签名（PAdES），并附有 report.json。应显示 "Signature is Valid" 和
"Total document signed"。"Certificate issuer isn't Trusted" 仅表示您的电脑上
没有安装${at ? '该机构' : '该保险库'}的证书。`,
      commands: ['pdfsig report.pdf'],
    },
    {
      en: 'The state of the audit log is signed. Expect "Signature Verified Successfully".\nnote is the part of checkpoint.txt before its empty line, sig the signature.',
      zh: '审计日志的状态已签名，应显示 "Signature Verified Successfully"。note 是\ncheckpoint.txt 中空行之前的部分，sig 是其签名。',
      commands: ['openssl pkeyutl -verify -pubin -inkey log.pub -rawin -in note -sigfile sig'],
    },
    ...(timeStamp ? [timeStampStep] : []),
    ...(sm2 ? [sm2Step] : []),
    {
      en: at
        ? 'Whose report is it? Compare this fingerprint with the one that the authority of\nthe organisation has published.'
        : 'Whose report is it? Compare this fingerprint with the one the owner of the\nvault gave you by another way (on paper, by telephone).',
      zh: at
        ? '报告出自何处？请将此指纹与该组织证书机构公布的指纹核对。'
        : '报告出自何处？请将此指纹与保险库所有者通过其他途径（纸面、电话）提供的指纹核对。',
      commands: ['openssl x509 -in root-ca.crt -noout -fingerprint -sha256'],
    },
  ];
}

const timeStampStep: Step = {
  en: 'The signature has a time-stamp (RFC 3161) by the vault itself, which knows only\nthe clock of its machine. Expect "Verification: OK".',
  zh: '签名带有保险库自身加盖的时间戳（RFC 3161），仅依据本机时钟，应显示 "Verification: OK"。',
  commands: [
    'openssl ts -verify -data report.json.p7s -in report.json.p7s.tsr -CAfile time-stamp-ca.crt',
    'openssl ts -reply -in report.json.p7s.tsr -text',
  ],
};

const sm2Step: Step = {
  en: `All files are also listed by SM3 and signed by SM2, in software, not by a certified
module. Expect "Signature Verified Successfully" and OK for each (GNU coreutils 9),
and compare the fingerprint of this certificate as well.`,
  zh: `全部文件另以 SM3 列出清单并以 SM2 签名（软件实现，非认证密码模块）。应显示
"Signature Verified Successfully"，且每行显示 OK（GNU coreutils 9）；此证书的指纹
也请一并核对。`,
  commands: [
    'openssl pkeyutl -verify -certin -inkey sm2.crt -rawin -digest sm3 -pkeyopt distid:1234567812345678 -in SM3SUMS -sigfile SM3SUMS.sig',
    'cksum --check SM3SUMS',
    'openssl x509 -in sm2.crt -noout -fingerprint -sha256',
  ],
};
