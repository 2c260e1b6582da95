import { randomUUID } from 'node:crypto';
import { resolve } from 'node:path';
import type { Act, SystemActs } from '../audit/act.ts';
import type { SignedHead, AuditLog } from '../audit/audit-log.ts';
import type { Witness, WitnessCheck, WitnessSummary } from '../contract/witness.ts';
import { AppError } from '../errors.ts';
import type { WritableDb } from '../vault/database.ts';
import { openAnswer, parseAnswer, type OpenAnswer } from './answer.ts';
import { compareAnswer, compareSeen, errorOf, logKeyOf, type Wrong } from './compare-head.ts';
import { formatNoteKey, noteCosignature, parseNoteKey, type NoteKey } from './note-key.ts';
import { formatRequest, type WitnessRequest } from './request.ts';
import { WitnessFolder, type Seen } from './witness-folder.ts';
import { WitnessedHeads } from './witnessed-heads.ts';
import { WitnessRepository, type WitnessRow } from './witness.repository.ts';

export type WitnessDeps = {
  readonly db: WritableDb;
  readonly audit: AuditLog;
  readonly systemAct: SystemActs;
  /** Resolves once everything committed is noted outside the database: a witness must never see more than a power cut leaves. */
  readonly anchored: () => Promise<void>;
  /** Nothing answers for up to so long, ms: removable media are slow. */
  readonly busy: (ms: number) => void;
};

const slowMediaMs = 60_000;

/** The witnesses of the vault's log: somebody outside this machine who has seen its heads and remembers. ADR 0019. */
export class WitnessService {
  readonly #deps: WitnessDeps;
  readonly #witnesses: WitnessRepository;
  /** What somebody outside has seen, for proofs and reports. */
  readonly heads: WitnessedHeads;

  constructor(deps: WitnessDeps) {
    this.#deps = deps;
    this.#witnesses = new WitnessRepository(deps.db);
    this.heads = new WitnessedHeads(deps.audit, this.#witnesses);
  }

  list(): Witness[] {
    const { size } = this.#deps.audit.head();
    return this.#witnesses.list().map((row) => this.#show(row, size));
  }

  /** @throws AppError `witness/known`, `witness/not-a-witness`, `witness/bad-key` and what a folder throws */
  add(
    act: Act,
    wanted: { kind: 'folder'; folder: string; create: { name: string | null } | null } | { kind: 'key'; key: string },
  ): Witness {
    if (wanted.kind === 'key') return this.#add(act, parseNoteKey(wanted.key, noteCosignature), null);
    const folder = resolve(wanted.folder);
    this.#deps.busy(slowMediaMs);
    const create = WitnessFolder.isThere(folder) ? null : wanted.create;
    const { key } = create ? WitnessFolder.create(folder, create.name) : WitnessFolder.open(folder);
    return this.#add(act, key, folder);
  }

  /**
   * Has the witness cosign the head of now.
   * @throws AppError `witness/older`, `witness/forked`, `witness/other-log-key` (all of them recorded), `witness/forgot`,
   * `witness/other-witness` and what a folder throws
   */
  async cosign(act: Act, { id, folder }: { id: string; folder: string | null }): Promise<Witness> {
    await this.#deps.anchored();
    const { audit, busy } = this.#deps;
    busy(slowMediaMs);
    const { row, media, path, seen } = this.#reach(id, folder);
    const wrong = seen && compareSeen(audit, seen);
    if (wrong) throw this.#raise(row, wrong);
    if (this.#hasForgotten(row, seen)) throw forgot();
    const head = audit.signedHead();
    const answer = media.cosign(audit.signer.origin, this.#request(seen?.size ?? 0, head));
    return this.#keep(act, row, openAnswer(answer), path);
  }

  /** What a witness on a second machine needs; `id` null: for one that is to see this log for the first time. @throws AppError `witness/unknown` */
  request({ id }: { id: string | null }): { fileName: string; text: string; size: number } {
    const row = id === null ? null : this.#find(id);
    const head = this.#deps.audit.signedHead();
    const old = row ? (this.#witnesses.last(row.id)?.size ?? 0) : 0;
    return { fileName: `witness-request-${head.size}.json`, text: formatRequest(this.#request(old, head)), size: head.size };
  }

  /**
   * Takes an answer. The head in it is the newest that the witness has cosigned, even where it refused the request, so
   * that a log which is behind it learns so.
   * @throws AppError `witness/bad-answer`, `witness/unknown`, `witness/older`, `witness/forked`, `witness/other-log-key`
   */
  accept(act: Act, { text, trust }: { text: string; trust: boolean }): Witness {
    const open = parseAnswer(text);
    const key = formatNoteKey(open.witness);
    const known = this.#witnesses.byKey(key);
    if (!known && !trust) throw untrusted(key);
    const row = known ?? this.#row(open.witness, null);
    const { audit } = this.#deps;
    if (open.head.origin !== audit.signer.origin) throw otherLog();
    const wrong = compareAnswer(audit, open);
    if (wrong) {
      if (!known) throw errorOf(wrong);
      throw this.#raise(row, wrong);
    }
    return this.#keep(act, row, open, null, known === null);
  }

  /**
   * Compares the log with what the witness in a folder has seen. A head that this log signed proves as much in a witness
   * that nobody trusts.
   * @throws AppError `witness/other-witness` and what a folder throws
   */
  check(act: Act, { id, folder }: { id: string | null; folder: string | null }): WitnessCheck {
    const { audit, busy } = this.#deps;
    busy(slowMediaMs);
    const { row, media, seen, path } = this.#reach(id, folder);
    const wrong = seen && compareSeen(audit, seen);
    const forgotten = row !== null && this.#hasForgotten(row, seen);
    const verdict = wrong ? wrong.verdict : forgotten ? 'forgot' : seen ? 'consistent' : 'new';
    const { name } = media.key;
    const [{ size }, seenSize] = [audit.head(), seen?.size ?? null];
    const details = { witness: name, verdict, size, seenSize };
    act.commit({ subject: row?.id ?? '', details, outcome: wrong || forgotten ? 'failed' : 'done' }, () => {
      if (row) this.#witnesses.setFolder(row.id, path);
      if (row && wrong) this.#witnesses.setAlarm(row.id, { verdict: wrong.verdict, at: Date.now(), seenSize });
      else if (row && verdict === 'consistent') this.#witnesses.clearAlarm(row.id, seenSize ?? 0);
    });
    return { name, verdict, size, seenSize, seenAt: seen ? seen.at * 1_000 : null };
  }

  /** @throws AppError `witness/unknown` */
  remove(act: Act, { id }: { id: string }): Record<string, never> {
    const row = this.#find(id);
    act.commit({ subject: id, details: { witness: row.name, key: row.key } }, () => this.#witnesses.remove(id, Date.now()));
    return {};
  }

  /** How much of the log somebody outside has seen. */
  summary(): WitnessSummary {
    const all = this.list();
    const largest = all.filter(({ last }) => last !== null).toSorted((left, right) => (right.last?.size ?? 0) - (left.last?.size ?? 0))[0];
    const { size } = this.#deps.audit.head();
    return {
      count: all.length,
      last: largest?.last ? { name: largest.name, size: largest.last.size, at: largest.last.at } : null,
      behind: size - (largest?.last?.size ?? 0),
      alarms: all.flatMap(({ name, alarm }) => (alarm ? [{ name, verdict: alarm.verdict, at: alarm.at }] : [])),
    };
  }

  /** The lines of trusted witnesses that belong below the checkpoint of exactly this size (C2SP tlog-cosignature). */
  cosignatures(size: number): string[] {
    return this.heads.cosignatures(size);
  }

  #add(act: Act, key: NoteKey, folder: string | null): Witness {
    const text = formatNoteKey(key);
    if (this.#witnesses.byKey(text)) throw new AppError('witness/known', 'This witness is in the list already. Nothing was changed.');
    const row = this.#row(key, folder);
    act.commit({ subject: row.id, details: { witness: row.name, key: text } }, () => this.#store(row));
    return this.#show(this.#find(row.id), this.#deps.audit.head().size);
  }

  #row(key: NoteKey, folder: string | null): WitnessRow {
    const text = formatNoteKey(key);
    const none = { alarm: null, alarm_at: null, alarm_size: null };
    return { id: this.#witnesses.idOf(text) ?? randomUUID(), name: key.name, key: text, folder, added_at: Date.now(), ...none };
  }

  #store({ id, name, key, folder, added_at: at }: WitnessRow): void {
    this.#witnesses.add({ id, name, key, folder, at });
  }

  /** The witness in its folder, which must be the one of that id. */
  #reach<T extends string | null>(id: T, folder: string | null): Reached<T> {
    const row = id === null ? null : this.#find(id);
    const path = folder === null ? (row?.folder ?? null) : resolve(folder);
    if (path === null) throw noFolder();
    const media = WitnessFolder.open(path);
    const key = formatNoteKey(media.key);
    if (row && row.key !== key) throw otherWitness();
    return { row: row ?? this.#witnesses.byKey(key), media, path, seen: media.seen(this.#deps.audit.signer.origin) } as Reached<T>;
  }

  /** It cosigned more than it remembers now. */
  #hasForgotten(row: WitnessRow, seen: Seen | null): boolean {
    return (seen?.size ?? 0) < (this.#witnesses.last(row.id)?.size ?? 0);
  }

  #request(old: number, { size, checkpoint }: SignedHead): WitnessRequest {
    const { audit } = this.#deps;
    return { logKey: logKeyOf(audit), old, proof: old < size ? audit.consistency(old, size) : [], checkpoint };
  }

  /** Records what a witness found wrong, and returns the error for whoever asked. */
  #raise(row: WitnessRow, wrong: Wrong): AppError {
    const { size, seenSize } = wrong.figures;
    const details = { witness: row.name, verdict: wrong.verdict, size, seenSize };
    this.#deps.systemAct('witness.refuse').commit({ subject: row.id, details, outcome: 'failed' }, () => {
      this.#witnesses.setAlarm(row.id, { verdict: wrong.verdict, at: Date.now(), seenSize });
    });
    return errorOf(wrong);
  }

  #keep(act: Act, row: WitnessRow, { head, at, answer }: OpenAnswer, folder: string | null, isNew = false): Witness {
    const { size, root } = head;
    const details = { witness: row.name, size, rootHash: Buffer.from(root).toString('hex'), ...(isNew ? { key: row.key } : {}) };
    act.commit({ subject: row.id, details }, () => {
      if (isNew) this.#store(row);
      const { id } = row;
      this.#witnesses.addCosignature(id, { size, root, at, checkpoint: answer.checkpoint, line: answer.cosignature });
      this.#witnesses.clearAlarm(id, size);
      if (folder !== null) this.#witnesses.setFolder(id, folder);
    });
    return this.#show(this.#find(row.id), this.#deps.audit.head().size);
  }

  #find(id: string): WitnessRow {
    const row = this.#witnesses.list().find((each) => each.id === id);
    if (!row) throw new AppError('witness/unknown', 'There is no such witness in the list. Refresh the list, or add it.');
    return row;
  }

  #show(row: WitnessRow, size: number): Witness {
    const { id, name, key, folder, added_at: addedAt, alarm: verdict, alarm_at: at, alarm_size: seenSize } = row;
    const newest = this.#witnesses.last(id);
    const last = newest && { size: newest.size, rootHash: Buffer.from(newest.root).toString('hex'), at: newest.at * 1_000 };
    const alarm = verdict && at !== null ? { verdict, at, seenSize } : null;
    const reachable = folder !== null && WitnessFolder.isThere(folder);
    return { id, name, key, folder, reachable, addedAt, last, behind: size - (last?.size ?? 0), alarm };
  }
}

type Reached<Id extends string | null> = {
  readonly row: Id extends string ? WitnessRow : WitnessRow | null;
  readonly media: WitnessFolder;
  readonly path: string;
  readonly seen: Seen | null;
};

function noFolder(): AppError {
  return new AppError(
    'witness/no-folder',
    'This witness is on a second machine. Make a request file and carry it there, or name its folder.',
  );
}

function forgot(): AppError {
  return new AppError(
    'witness/forgot',
    'This witness has cosigned this log before and has forgotten it: its files were removed or put back. Nothing was cosigned. Keep the folder as evidence, remove the witness from the list and begin with a new one.',
  );
}

function otherWitness(): AppError {
  return new AppError(
    'witness/other-witness',
    'The witness in this folder is not the one in the list. Nothing was cosigned. Put the right medium in, or add this witness too.',
  );
}

function otherLog(): AppError {
  return new AppError(
    'witness/other-log',
    'This answer belongs to another vault. Nothing was changed. Open that vault and take it in there.',
  );
}

function untrusted(key: string): AppError {
  return new AppError(
    'witness/untrusted',
    'This witness is not in the list. Compare its key with what its own machine shows, and add it if they are the same. Nothing was changed.',
    { key },
  );
}
