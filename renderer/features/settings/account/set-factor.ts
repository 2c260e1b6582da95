import type { KeySlot } from '../../../../electron/core/contract/index.ts';
import { client } from '../../../lib/client.ts';
import type { FactorTask } from './factor-dialog.tsx';

export type FactorValues = {
  readonly password: string;
  readonly pin: string;
  readonly serial: string | null;
  readonly certificate: File | null;
};

/** Changes what the signed-in person's key asks for; the fields that the task needs were checked before. */
export async function setFactor(task: FactorTask, values: FactorValues): Promise<KeySlot[]> {
  const { password, pin } = values;
  const serial = values.serial ?? '';
  switch (task) {
    case 'alone':
      return client.keys.addToken({ pin, serial });
    case 'none':
      return client.keys.setSecondFactor({ password, factor: null });
    case 'token':
      return client.keys.setSecondFactor({ password, factor: { kind: 'token', pin, serial } });
    case 'certificate': {
      const certificatePem = (await values.certificate?.text()) ?? '';
      return client.keys.setSecondFactor({ password, factor: { kind: 'certificate', certificatePem } });
    }
  }
}
