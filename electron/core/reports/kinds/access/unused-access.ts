import type { VaultFacts } from '../../../compliance/vault-facts.ts';
import { dormantDays } from '../../../identity/account-review.ts';

const dayMs = 86_400_000;

export type Membership = {
  readonly caseId: string;
  readonly personId: string;
  readonly userName: string;
  readonly access: 'read' | 'write' | 'lead';
  /** Milliseconds since the epoch. */
  readonly since: number;
};

/**
 * Ids of those who lead or write in a case and have done nothing there for `dormantDays`. The log is read once for all of
 * them, from its end, until everybody has been seen.
 */
export async function withUnusedAccess(vault: Pick<VaultFacts, 'leaves' | 'now'>, members: readonly Membership[]): Promise<Set<string>> {
  const before = vault.now() - dormantDays * dayMs;
  const unseen = new Map<string, Membership>();
  for (const member of members)
    if (member.access !== 'read' && member.since <= before) unseen.set(keyOf(member.caseId, member.userName), member);
  const cases = [...new Set([...unseen.values()].map(({ caseId }) => caseId))];
  if (cases.length > 0)
    for await (const acts of vault.leaves.actsIn(cases)) {
      for (const { caseId, actor, at } of acts) if (at >= before) unseen.delete(keyOf(caseId, actor));
      if (unseen.size === 0) break;
    }
  return new Set([...unseen.values()].map(({ personId }) => personId));
}

function keyOf(caseId: string, userName: string): string {
  return JSON.stringify([caseId, userName]);
}
