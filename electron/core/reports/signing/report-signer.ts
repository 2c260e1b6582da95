import { createPrivateKey, sign, type KeyObject } from 'node:crypto';

export type KeyAlgorithm = 'ecdsa-p256' | 'rsa';

/** Who signs a report: a key in the vault or in a token, and the certificates that lead from it to a root. Certificates are DER. */
export type ReportSigner = {
  readonly algorithm: KeyAlgorithm;
  readonly certificate: Uint8Array;
  /** What stands between the certificate and the root, nearest first. */
  readonly intermediates: readonly Uint8Array[];
  readonly root: Uint8Array;
  /** Signs with SHA-256: ECDSA as DER, or RSASSA-PKCS1-v1_5. */
  sign(data: Uint8Array): Promise<Uint8Array>;
};

/** Signs with a private key (PKCS#8 DER, EC P-256) of the vault. */
export function vaultSign(pkcs8: Uint8Array): ReportSigner['sign'] {
  const key = privateKeyOf(pkcs8);
  return (data) => Promise.resolve(sign('sha256', data, key));
}

export function privateKeyOf(pkcs8: Uint8Array): KeyObject {
  return createPrivateKey({ key: Buffer.from(pkcs8), format: 'der', type: 'pkcs8' });
}

/** Everything that signs one report. */
export type ReportSigning = {
  readonly signer: ReportSigner;
  /** What stands in report.json, for example `ecdsa-p256-sha256 sm2-sm3 rfc3161`. */
  readonly suite: string;
  /** The signer's certificate comes from an organisation's authority. */
  readonly organisation: boolean;
  /** The vault's own time-stamp authority. `stamp` gives an RFC 3161 response over `data`, DER. */
  readonly timeStamp: { readonly root: Uint8Array; stamp(data: Uint8Array, at: Date): Uint8Array } | null;
  /** A second suite beside the first: SM2 with SM3 in software. */
  readonly sm2: { readonly certificate: Uint8Array; sign(data: Uint8Array): Uint8Array } | null;
};
