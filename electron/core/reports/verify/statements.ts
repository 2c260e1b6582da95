import type { Envelope } from './envelope.ts';
import type { TextCode, Values } from './texts.ts';
import { iso, type WitnessFindings } from './verify-log-proofs.ts';

/** What follows from a report that verifies, or does not. */
export type Statement = { readonly code: TextCode; readonly values: Values };

export type Facts = {
  readonly report: Envelope;
  /** How many files it has. */
  readonly files: number;
  readonly signer: string;
  /** SHA-256 of the root's certificate. */
  readonly root: string;
  /** Entries of the log. */
  readonly size: number;
  readonly witnesses: WitnessFindings;
  readonly sm2: string | null;
  readonly timeStamped: boolean;
  /** An organisation’s authority certified the signer. */
  readonly certified: boolean;
};

export function statements(facts: Facts): { proven: Statement[]; notProven: Statement[] } {
  const { report, files, signer, root, size, witnesses, sm2, timeStamped, certified } = facts;
  const { origin, leaves } = report.audit;
  const proven: Statement[] = [
    { code: 'proves-unchanged', values: { count: files } },
    { code: 'proves-signer', values: { signer, sha256: root } },
    ...(leaves.length > 0 ? [{ code: 'proves-log' as const, values: { count: leaves.length, origin, size } }] : []),
    ...witnesses.seen.map(({ name, size: seen, at }): Statement => ({ code: 'proves-witness', values: { name, size: seen, at: iso(at) } })),
  ];
  const notProven: Statement[] = [
    { code: 'proves-not-origin', values: {} },
    { code: timeStamped ? 'proves-not-time-stamped' : 'proves-not-time', values: {} },
    ...(certified ? [{ code: 'proves-not-withdrawn' as const, values: {} }] : []),
    ...witnessGap(witnesses, size),
    ...(sm2 ? [{ code: 'proves-not-sm2' as const, values: { sha256: sm2 } }] : []),
    ...(report.template ? [{ code: 'proves-not-template' as const, values: { name: report.template.name } }] : []),
    { code: 'proves-not-complete', values: {} },
  ];
  return { proven, notProven };
}

function witnessGap({ seen, unknown }: WitnessFindings, size: number): Statement[] {
  const largest = Math.max(0, ...seen.map((each) => each.size));
  if (seen.length > 0) return largest < size ? [{ code: 'proves-not-after-witness', values: { count: size - largest } }] : [];
  if (unknown.length > 0) return [{ code: 'proves-not-unknown-witness', values: { names: unknown.join(', ') } }];
  return [{ code: 'proves-not-one-log', values: {} }];
}
