import type { Person } from '../../contract/identity.ts';
import type { KeySlot } from '../../contract/vault.ts';
import { slotPerson } from '../key-slots.ts';
import type { VaultFile } from '../vault-file.ts';

/** The slots as they are shown: never a secret, and the person found by trying the names. */
export function slotViews(file: VaultFile, people: readonly Person[]): KeySlot[] {
  const byHash = new Map(people.map(({ id, userName }) => [slotPerson(file.vaultId, userName), { id, userName }]));
  return file.slots.map(({ id, kind, person, label, factors, createdAt }) => {
    const shares = factors.find((factor) => factor.type === 'shares');
    return {
      id,
      kind,
      person: (person === null ? null : byHash.get(person)) ?? null,
      label,
      factors: factors.map(({ type }) => type),
      threshold: shares?.threshold ?? null,
      shares: shares?.count ?? null,
      createdAt,
    };
  });
}
