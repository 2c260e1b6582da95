import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { AuditLog } from '../../../electron/core/audit/audit-log.ts';
import { createSigningKeys, type LogStorage } from '../../../electron/core/audit/signing-keys.ts';
import { AuditedAct, systemActor, type LeafInput } from '../../../electron/core/audit/act.ts';
import { Pruner } from '../../../electron/core/audit/pruning/pruner.ts';
import { provenAfterMs } from '../../../electron/core/audit/pruning/proven-time.ts';
import type { AuditMark } from '../../../electron/core/vault/anchor.ts';
import { ringOf } from '../../../electron/core/vault/key-ring.ts';
import { auditSearchSql } from '../../../electron/core/vault/migrations/0001/audit-records.sql.ts';
import { auditSql } from '../../../electron/core/vault/migrations/0001/audit.sql.ts';
import { compareSeen, logKeyOf } from '../../../electron/core/witness/compare-head.ts';
import { WitnessFolder } from '../../../electron/core/witness/witness-folder.ts';
import type { Random } from '../suite.ts';

export type Row = Record<string, unknown>;
/** The tables that are the log; what else there is of it is an index that is made again, or a setting. */
export const logTables = [
  'audit_leaves',
  'audit_nodes',
  'audit_head',
  'audit_seal_start',
  'audit_seals',
  'audit_seal_key',
  'audit_prunes',
  'signing_keys',
];
const day = 86_400_000;

/** Who notices: the log by itself, the mark kept outside the database, the witness. */
export type Found = { readonly by: 'log' | 'anchor' | 'witness' | null; readonly said: string };

/** A sealed log in an encrypted database, the mark of it outside, and a witness that has seen all of it. */
export class AttackedLog {
  readonly db: Database.Database;
  readonly storage: LogStorage;
  readonly size: number;
  /** Of the newest state, and of an earlier one. */
  readonly mark: AuditMark;
  readonly olderMark: AuditMark;
  /** The tables as they were earlier: what a copy of the database from then holds, its leaves and nodes aside. */
  readonly older: ReadonlyMap<string, readonly Row[]>;
  readonly #witness: WitnessFolder;
  readonly #origin: string;
  readonly #random: Random;

  private constructor({ db, storage, witness, random, older, olderMark, log }: Made) {
    this.db = db;
    this.storage = storage;
    this.#witness = witness;
    this.#random = random;
    this.older = older;
    this.olderMark = olderMark;
    this.mark = markOf(log);
    this.size = this.mark.size;
    this.#origin = log.signer.origin;
  }

  /**
   * Makes a log of about `size` entries, the oldest of them pruned where it is large, sealed on demand and where epochs
   * are full, and shows it to a witness twice. The earlier state is that of the first look.
   */
  static async make(folder: string, size: number, random: Random): Promise<AttackedLog> {
    const db = new Database(join(folder, `log-${size}.db`));
    db.pragma("key='a fault'");
    db.pragma('synchronous=OFF');
    db.exec(`${auditSql}${auditSearchSql}`);
    const storage: LogStorage = { db, vaultId: `size-${size}`, ring: ringOf(randomBytes(32)) };
    createSigningKeys(storage);
    const clock = { boot: 'first boot', uptimeMs: () => uptime };
    let uptime = 1;
    const log = new AuditLog(storage, clock);
    const early = Math.min(300, Math.ceil(size / 2));
    if (size > 100) {
      writeEntries(log, db, random, 20, 400);
      clock.boot = 'second boot';
    }
    writeEntries(log, db, random, early - log.head().size, 30);
    if (size > 100) {
      const systemAct = (action: string) => new AuditedAct(db, log, systemActor, action);
      const pruner = new Pruner({ db, log, systemAct, days: () => 180, isHeld: () => false, forget: () => undefined, machine: clock });
      pruner.observe(Date.now());
      uptime += provenAfterMs;
      pruner.observe(Date.now() + provenAfterMs);
      if ((await pruner.run(new AbortController().signal)) !== 20) throw new Error('nothing was pruned');
    }
    log.seal();
    const witness = WitnessFolder.create(join(folder, `witness-${size}`), 'witness');
    const kept = ['audit_head', 'audit_seal_start', 'audit_seals', 'audit_seal_key', 'audit_prunes', 'signing_keys'];
    const older = new Map(kept.map((name) => [name, db.prepare(`SELECT * FROM ${name}`).all() as Row[]]));
    const olderMark = markOf(log);
    show(log, witness, 0);
    writeEntries(log, db, random, size - 1 - olderMark.size, 20);
    log.seal();
    writeEntries(log, db, random, 1, 10);
    show(log, witness, olderMark.size);
    return new AttackedLog({ db, storage, witness, random, older, olderMark, log });
  }

  /** A part of it was pruned. */
  get hasStubs(): boolean {
    return this.db.prepare('SELECT 1 FROM audit_prunes').get() !== undefined;
  }

  /** Entries as an application writes them. */
  grow(log: AuditLog, count: number, actor = 'ada'): void {
    writeEntries(log, this.db, this.#random, count, 1, actor);
  }

  /** Does something to the log, lets everybody look, and takes it back. `anchorToo`: who did it changed the mark outside as well. */
  async attack(harm: (log: AttackedLog) => void, anchorToo: AuditMark | 'as it is now' | null): Promise<Found> {
    this.db.exec('BEGIN');
    try {
      const triggers = this.db
        .prepare("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger' AND tbl_name LIKE 'audit\\_%' ESCAPE '\\'")
        .all() as { name: string; sql: string }[];
      for (const { name } of triggers) this.db.exec(`DROP TRIGGER ${name}`);
      this.db.pragma('ignore_check_constraints=1');
      harm(this);
      const there = new Set(this.db.prepare("SELECT name FROM sqlite_schema WHERE type = 'trigger'").pluck().all());
      for (const { name, sql } of triggers) if (!there.has(name)) this.db.exec(sql);
      return await this.look(anchorToo);
    } finally {
      this.db.exec('ROLLBACK');
      this.db.pragma('ignore_check_constraints=0');
    }
  }

  /** Everybody looks at the log as it is. */
  async look(anchorToo: AuditMark | 'as it is now' | null): Promise<Found> {
    try {
      const log = new AuditLog(this.storage);
      const alone = await log.verify();
      if (!alone.ok) return { by: 'log', said: alone.problems[0]?.message ?? '' };
      const mark = anchorToo === null ? this.mark : anchorToo === 'as it is now' ? markOf(log) : anchorToo;
      const anchored = await log.verify(mark);
      if (!anchored.ok) return { by: 'anchor', said: anchored.problems[0]?.message ?? '' };
      const seen = this.#witness.seen(log.signer.origin) ?? this.#witness.seen(this.#origin);
      const wrong = seen && (log.signer.origin === this.#origin ? compareSeen(log, seen) : { verdict: 'other-key' });
      return wrong ? { by: 'witness', said: wrong.verdict } : { by: null, said: '' };
    } catch (error) {
      const code = (error as { code?: unknown }).code;
      // Whoever opens a log that cannot be read is told so.
      if (typeof code === 'string' && /^(audit\/|SQLITE_(CORRUPT|NOTADB))/.test(code)) return { by: 'log', said: code };
      throw error;
    }
  }

  /** Puts the database back to its earlier state: what a copy from then holds. */
  putBack(): void {
    const { size } = this.olderMark;
    this.db.prepare('DELETE FROM audit_leaves WHERE sequence >= ?').run(size);
    this.db.prepare('DELETE FROM audit_nodes WHERE (position + 1) << level > ?').run(size);
    for (const [table, rows] of this.older) this.setTable(table, rows);
  }

  setTable(table: string, rows: readonly Row[]): void {
    this.db.exec(`DELETE FROM ${table}`);
    for (const row of rows) {
      const names = Object.keys(row);
      this.db.prepare(`INSERT INTO ${table} (${names.join(', ')}) VALUES (${names.map((name) => `@${name}`).join(', ')})`).run(row);
    }
  }
}

type Made = {
  readonly db: Database.Database;
  readonly storage: LogStorage;
  readonly witness: WitnessFolder;
  readonly random: Random;
  readonly older: AttackedLog['older'];
  readonly olderMark: AuditMark;
  readonly log: AuditLog;
};

const actions = ['documents.import', 'runs.start', 'identity.sign-in', 'reports.export', 'cases.set-member'];

function writeEntries(log: AuditLog, db: Database.Database, random: Random, count: number, daysAgo: number, actor = 'ada'): void {
  const write = db.transaction(() => {
    for (let each = 0; each < count; each += 1) {
      const leaf: LeafInput = {
        at: Date.now() - daysAgo * day + each * 1_000,
        actor: { personId: 'p1', name: actor, session: `s${each % 7}`, role: 'analyst' },
        action: random.pick(actions),
        subject: `subject-${random.below(50)}`,
        caseId: random.chance(0.5) ? 'case-1' : null,
        outcome: random.pick(['done', 'done', 'failed', 'denied'] as const),
        reason: random.chance(0.3) ? 'identity/denied' : null,
        details: { count: random.below(1_000), name: `文件 ${each}` },
      };
      log.append(leaf);
    }
  });
  write();
}

function show(log: AuditLog, witness: WitnessFolder, old: number): void {
  const { size, checkpoint } = log.signedHead();
  witness.cosign(log.signer.origin, { logKey: logKeyOf(log), old, proof: log.consistency(old, size), checkpoint });
}

function markOf(log: AuditLog): AuditMark {
  const { size, root } = log.head();
  return { size, rootHash: Buffer.from(root).toString('hex') };
}
