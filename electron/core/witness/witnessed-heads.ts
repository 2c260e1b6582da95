import type { AuditLog } from '../audit/audit-log.ts';
import type { WitnessRepository } from './witness.repository.ts';

/** A checkpoint with the cosignatures of all trusted witnesses below it. */
export type WitnessedHead = { readonly size: number; readonly checkpoint: string };

/** The heads that somebody outside the machine has seen, for proofs and reports. */
export class WitnessedHeads {
  readonly #audit: AuditLog;
  readonly #witnesses: WitnessRepository;

  constructor(audit: AuditLog, witnesses: WitnessRepository) {
    this.#audit = audit;
    this.#witnesses = witnesses;
  }

  /** The lines that belong below the checkpoint of exactly this size. */
  cosignatures(size: number): string[] {
    return this.#witnesses.ofSize(size).map(({ line }) => line);
  }

  /** Those who cosigned the head of exactly this size. */
  cosigners(size: number): { name: string; key: string }[] {
    return this.#witnesses.ofSize(size).map(({ name, key }) => ({ name, key }));
  }

  /** The smallest one that holds entry `sequence`; null where there is none. */
  over(sequence: number): WitnessedHead | null {
    return this.#head(this.#witnesses.cosignedSize(sequence + 1, this.#audit.head().size, 'smallest'));
  }

  /** The largest one of at most `size` entries, and the proof (hex) that the log of `size` entries continues it. */
  newest(size: number): (WitnessedHead & { readonly consistency: string[] }) | null {
    const head = this.#head(this.#witnesses.cosignedSize(1, size, 'largest'));
    if (!head) return null;
    const proof = head.size < size ? this.#audit.consistency(head.size, size) : [];
    return { ...head, consistency: proof.map((hash) => Buffer.from(hash).toString('hex')) };
  }

  #head(size: number | null): WitnessedHead | null {
    const rows = size === null ? [] : this.#witnesses.ofSize(size);
    const [first] = rows;
    return first ? { size: first.size, checkpoint: [first.checkpoint, ...rows.map(({ line }) => line)].join('') } : null;
  }
}
