import type { Secrets } from '../../../../electron/core/contract/index.ts';
import type { SignInValues } from './second-factor.tsx';
import type { SecondFactor } from './use-sign-in.ts';

/** What a person typed and chose, as core takes it. The key file is read here and kept nowhere. */
export async function secretsOf(values: SignInValues, factor: SecondFactor | null, tokenAlone: boolean): Promise<Secrets> {
  return {
    ...(tokenAlone ? {} : { password: values.password }),
    ...(factor === 'token' ? { token: { pin: values.pin } } : {}),
    ...(factor === 'certificate' && values.keyFile
      ? {
          certificate: {
            keyPem: await values.keyFile.text(),
            ...(values.passphrase === '' ? {} : { passphrase: values.passphrase }),
          },
        }
      : {}),
  };
}
