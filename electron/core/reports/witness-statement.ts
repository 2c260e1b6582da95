import type { ReportJson } from './report-json.ts';
import { time } from './kinds/format.ts';
import type { Words } from './kinds/words.ts';

/** Those outside who have seen the log; `WitnessService` is one. */
export type WitnessSource = {
  readonly heads: {
    newest(size: number): { readonly size: number; readonly checkpoint: string; readonly consistency: readonly string[] } | null;
    cosigners(size: number): readonly { readonly name: string }[];
  };
  summary(): { readonly last: { readonly size: number; readonly at: number } | null };
};

export const noWitnesses: WitnessSource = { heads: { newest: () => null, cosigners: () => [] }, summary: () => ({ last: null }) };

/** What somebody outside has confirmed of the log of `size` entries, and what follows from it. */
export function witnessStatement(witnesses: WitnessSource, size: number, { verify }: Words): ReportJson['audit']['witness'] {
  const head = witnesses.heads.newest(size);
  if (!head) return { cosigned: null, statement: verify.noWitness };
  const names = witnesses.heads.cosigners(head.size).map(({ name }) => name);
  const { last } = witnesses.summary();
  const at = last?.size === head.size ? time(last.at) : null;
  const cosigned = { size: head.size, checkpoint: head.checkpoint, consistency: [...head.consistency] };
  return { cosigned, statement: verify.witnessed(names.join(', '), head.size, at, size - head.size) };
}
