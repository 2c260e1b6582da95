import type { KeySlot } from '../../../../electron/core/contract/index.ts';
import { client } from '../../../lib/client.ts';
import { type FactorProof, type SecondFactor, proofOf } from '../../vault/sign-in/factor-proof.ts';
import type { FactorTask } from './factor-dialog.tsx';

/** `pin`, `keyFile` and `passphrase` prove the present factor; the others are of the new one. */
export type FactorValues = FactorProof & {
  readonly password: string;
  readonly newPin: string;
  readonly serial: string | null;
  readonly newCertificate: File | null;
};

/** Changes what the signed-in person's key asks for; the fields that the task needs were checked before. */
export async function setFactor(task: FactorTask, values: FactorValues, present: SecondFactor | null): Promise<KeySlot[]> {
  const token = { pin: values.newPin, serial: values.serial ?? '' };
  const proof = { password: values.password, ...(await proofOf(values, present)) };
  switch (task) {
    case 'alone':
      return client.keys.addToken({ ...token, proof });
    case 'none':
      return client.keys.setSecondFactor({ ...proof, factor: null });
    case 'token':
      return client.keys.setSecondFactor({ ...proof, factor: { kind: 'token', ...token } });
    case 'keychain':
      return client.keys.setSecondFactor({ ...proof, factor: { kind: 'keychain' } });
    case 'certificate': {
      const certificatePem = (await values.newCertificate?.text()) ?? '';
      return client.keys.setSecondFactor({ ...proof, factor: { kind: 'certificate', certificatePem } });
    }
  }
}
