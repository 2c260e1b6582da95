import type { VaultStatus } from '../contract/vault.ts';
import type { Slot } from './slots/slot.ts';

/** What the sign-in page can offer besides a person's password. */
export function waysIn(slots: readonly Slot[]): VaultStatus['ways'] {
  const shares = slots.flatMap(({ factors }) => factors).find((factor) => factor.type === 'shares');
  return {
    recovery: slots.some(({ kind }) => kind === 'recovery'),
    custodians: shares ? { threshold: shares.threshold } : null,
    token: slots.some(({ factors }) => factors.some(({ type }) => type === 'token')),
    certificate: slots.some(({ factors }) => factors.some(({ type }) => type === 'certificate')),
  };
}
