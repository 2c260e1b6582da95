import type { Secrets } from '../../../../electron/core/contract/index.ts';
import { toFailure } from '../../../lib/errors.ts';
import { i18n } from '../../../lib/i18n.ts';

export type SecondFactor = 'token' | 'certificate';

/** What a form collects of a second factor; only the fields of the factor asked for are filled. */
export type FactorProof = { pin: string; keyFile: File | null; passphrase: string };
export const noProof: FactorProof = { pin: '', keyFile: null, passphrase: '' };

/** The further factor that core asks for, where that is why it refused. */
export function factorOf(error: unknown): SecondFactor | null {
  const { code, details } = toFailure(error);
  if (code !== 'vault/second-factor-needed') return null;
  return details['factor'] === 'certificate' ? 'certificate' : 'token';
}

/** Checks of a form's fields for the factor asked for. */
export function proofRules(factor: SecondFactor | null) {
  return {
    pin: (value: string) => (value === '' && factor === 'token' ? i18n.t('vault:factor.pinMissing') : null),
    keyFile: (value: File | null) => (value === null && factor === 'certificate' ? i18n.t('vault:factor.keyFileMissing') : null),
  };
}

/** What was typed and chosen, as core takes it. The key file is read here and kept nowhere. */
export async function proofOf(values: FactorProof, factor: SecondFactor | null): Promise<Pick<Secrets, 'token' | 'certificate'>> {
  const { pin, keyFile, passphrase } = values;
  if (factor === 'token') return { token: { pin } };
  if (factor !== 'certificate' || !keyFile) return {};
  return { certificate: { keyPem: await keyFile.text(), ...(passphrase === '' ? {} : { passphrase }) } };
}
