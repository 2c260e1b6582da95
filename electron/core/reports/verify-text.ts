/** VERIFY.txt. The commands are run by the tests exactly as they stand here. */
export function verifyText(): string {
  return text;
}

/** The commands, in the order of the text. */
export const verifyCommands = [
  'openssl pkeyutl -verify -pubin -inkey log.pub -rawin -in SHA256SUMS -sigfile SHA256SUMS.sig',
  'sha256sum -c SHA256SUMS',
  'openssl cms -verify -cades -binary -inform PEM -in report.json.p7s -content report.json -CAfile root-ca.crt -purpose any',
  'pdfsig report.pdf',
  'openssl pkeyutl -verify -pubin -inkey log.pub -rawin -in note -sigfile sig',
  'openssl x509 -in root-ca.crt -noout -fingerprint -sha256',
] as const;

const [sums, hashes, cades, pdf, checkpoint, fingerprint] = verifyCommands;

const text = `HOW TO CHECK THIS REPORT                                    （中文说明见下）

You need OpenSSL 3 and a PDF reader that shows signatures (or pdfsig of Poppler),
and no network. Run the commands in this folder. If you have Redoubt, this does
all of it and more:   redoubt report verify .

1. The list of files is signed. Expect "Signature Verified Successfully".
   ${sums}

2. Every file is the one in the list. Expect OK for each. There must be no other
   file here but SHA256SUMS and SHA256SUMS.sig.
   ${hashes}
   (macOS: shasum -a 256 -c SHA256SUMS; Windows: certutil -hashfile NAME SHA256)

3. report.json is signed (CAdES). Expect "CAdES Verification successful".
   ${cades}

4. report.pdf is signed (PAdES) and has report.json attached. Expect "Signature is
   Valid" and "Total document signed". "Certificate issuer isn't Trusted" only
   says that the vault's certificate is not installed on your machine.
   ${pdf}

5. The state of the audit log is signed. Expect "Signature Verified Successfully".
   note is the part of checkpoint.txt before its empty line, sig the signature.
   ${checkpoint}

6. Whose report is it? Compare this fingerprint with the one the owner of the
   vault gave you by another way (on paper, by telephone).
   ${fingerprint}

WHAT THIS PROVES
- With the fingerprint compared: the vault that has this certificate made this
  report, and no byte of any file here was changed since.
- The audit entries in report.json stood in that vault's log at the size and root
  that checkpoint.txt names (RFC 6962 proofs; redoubt report verify checks them).

WHAT IT DOES NOT PROVE
- Without step 6, nothing about the origin: the certificate is self-made, one for
  each vault. Anybody can make another and sign a report with it.
- The time: it is the word of the machine's clock. There is no time-stamp service
  on a machine without a network.
- That the log is the only one: whoever holds the vault's password and the
  machine could put the whole machine back to an earlier state. Only a checkpoint
  kept elsewhere (keep checkpoint.txt) shows it.
- That no personal data is left: what Redoubt recognises is masked; names and
  free text may remain.


如何核验本报告

您需要 OpenSSL 3 以及能显示签名的 PDF 阅读器（或 Poppler 的 pdfsig），不需要网络。
请在本文件夹中运行下列命令。如果装有 Redoubt，一条命令即可完成全部核验：
redoubt report verify .

1. 文件清单已签名，应显示 "Signature Verified Successfully"。
   ${sums}

2. 每个文件都与清单一致，每行应显示 OK。除 SHA256SUMS 和 SHA256SUMS.sig 外，
   此处不应有其他文件。
   ${hashes}
   （macOS：shasum -a 256 -c SHA256SUMS；Windows：certutil -hashfile 文件名 SHA256）

3. report.json 已签名（CAdES），应显示 "CAdES Verification successful"。
   ${cades}

4. report.pdf 已签名（PAdES），并附有 report.json。应显示 "Signature is Valid" 和
   "Total document signed"。"Certificate issuer isn't Trusted" 仅表示您的电脑上
   没有安装该保险库的证书。
   ${pdf}

5. 审计日志的状态已签名，应显示 "Signature Verified Successfully"。note 是
   checkpoint.txt 中空行之前的部分，sig 是其签名。
   ${checkpoint}

6. 报告出自何处？请将此指纹与保险库所有者通过其他途径（纸面、电话）提供的指纹核对。
   ${fingerprint}

能够证明
- 核对指纹后：本报告由持有该证书的保险库生成，此后任何文件的任何字节均未改动。
- report.json 中的审计记录确实存在于该保险库的日志中，日志的大小和根哈希见
  checkpoint.txt（RFC 6962 证明，由 redoubt report verify 核验）。

不能证明
- 未做第 6 步时，不能证明来源：证书由各保险库自行生成，任何人都可以另做一个并签名。
- 时间：时间来自本机时钟，断网的机器上没有时间戳服务。
- 日志的唯一性：掌握保险库密码和机器的人可以把整台机器恢复到早先的状态，只有保存在
  别处的检查点（请保存 checkpoint.txt）才能发现。
- 没有遗漏的个人信息：Redoubt 能识别的均已脱敏，姓名和自由文本可能仍在其中。
`;
