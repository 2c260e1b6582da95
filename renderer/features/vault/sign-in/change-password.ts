import type { Person } from '../../../../electron/core/contract/index.ts';
import { client } from '../../../lib/client.ts';
import { type FactorProof, type SecondFactor, proofOf } from './factor-proof.ts';

type Values = FactorProof & { readonly current: string; readonly password: string };

/** Changes the signed-in person's own password, with the second factor that their key asks for. */
export async function changePassword(values: Values, factor: SecondFactor | null): Promise<Person> {
  const { token, certificate } = await proofOf(values, factor);
  return client.identity.changePassword({
    currentPassword: values.current,
    newPassword: values.password,
    ...(token ? { pin: token.pin } : {}),
    ...(certificate ? { certificate } : {}),
  });
}
