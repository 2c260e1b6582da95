import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AuditLog } from '../../electron/core/audit/audit-log.ts';
import { AttackedLog, type Found } from './audit/attacked-log.ts';
import { joinedMutations } from './audit/joined-mutations.ts';
import { harmAtRandom } from './audit/random-mutations.ts';
import { replayMutations } from './audit/replays.ts';
import { pruneMutations, sealMutations } from './audit/seal-mutations.ts';
import { complaint, structuredMutations, type Mutation } from './audit/structured.ts';
import { showTable, type Tally } from './audit/table.ts';
import type { Suite, SuiteContext } from './suite.ts';

/** Entries of the three logs: hardly a tree; a part pruned; a part pruned and an epoch that was full. */
const sizes = [7, 200, 1_500];
/** From so many rounds on every structured mutation is tried on every log; with fewer, as many as rounds. */
const wholeFrom = 1_000;

/**
 * Changes sealed logs in every way somebody could who has the open database, the key of the log, all keys that are left,
 * or the mark outside the vault as well. Then: the log, the mark or the witness says so.
 */
export const auditSuite: Suite = {
  defaultRounds: 1_000,
  async run(context) {
    const folder = mkdtempSync(join(tmpdir(), 'redoubt-audit-'));
    const logs: AttackedLog[] = [];
    try {
      for (const size of sizes) logs.push(await AttackedLog.make(folder, size, context.random));
      await control(logs, context);
      await new AuditRounds(logs, context).run();
      await control(logs, context);
    } finally {
      for (const { db } of logs) db.close();
      rmSync(folder, { recursive: true, force: true });
    }
  },
};

/** Nobody complains of a log that nobody changed. */
async function control(logs: readonly AttackedLog[], { fail, count }: SuiteContext): Promise<void> {
  for (const log of logs) {
    const { by, said } = await log.look(null);
    if (by !== null) fail(-1, `the unharmed log of ${log.size} entries is complained of by the ${by}: ${said}`);
    count('unharmed logs that verified');
    if (new AuditLog(log.storage).head().size !== log.size) fail(-1, 'a round left something behind');
  }
}

class AuditRounds {
  readonly #logs: readonly AttackedLog[];
  readonly #context: SuiteContext;
  readonly #tally: Tally = new Map();
  #round = 0;
  /** Of those that leave no trace to anybody but a witness: how many were tried, and how many left none. */
  readonly #traceless = { tried: 0, left: 0 };

  constructor(logs: readonly AttackedLog[], context: SuiteContext) {
    this.#logs = logs;
    this.#context = context;
  }

  async run(): Promise<void> {
    const { rounds, random, progress, count, fail } = this.#context;
    const all = [...structuredMutations(), ...joinedMutations(), ...sealMutations(), ...replayMutations()];
    const pairs = this.#logs.flatMap((log) => [...all, ...(log.hasStubs ? pruneMutations() : [])].map((mutation) => ({ log, mutation })));
    const chosen = rounds >= wholeFrom ? pairs : Array.from({ length: Math.min(rounds, pairs.length) }, () => random.pick(pairs));
    for (const { log, mutation } of chosen) await this.#structured(log, mutation);
    progress(`${chosen.length} structured mutations`);
    // Who has every key leaves no trace in the vault, unless what is changed contradicts itself. An attacker who leaves one is too weak to show anything.
    const { tried, left } = this.#traceless;
    if (tried >= 10 && left < tried * 0.7)
      fail(-1, `the attacker with every key left traces in ${tried - left} of ${tried} tries: this suite shows less than it says`);
    count('structured mutations', chosen.length);
    // The large one takes its time.
    const often = this.#logs.flatMap((log) => (log.size > 1_000 ? [log] : [log, log]));
    for (let each = 0; each < rounds; each += 1) {
      await this.#random(random.pick(often));
      if ((each + 1) % 500 === 0) progress(`${each + 1} of ${rounds} random mutations`);
    }
    count('random mutations', rounds);
    for (const line of showTable(this.#tally)) progress(line);
    const alone = [...this.#tally.values()].reduce((sum, { witness }) => sum + witness, 0);
    progress(
      `Without a witness ${alone} of these would have gone unnoticed; \`audit verify\` and every report of a vault without one say so.`,
    );
  }

  async #structured(log: AttackedLog, mutation: Mutation): Promise<void> {
    const where = `${log.size} entries: ${mutation.what}`;
    await this.#try(mutation.kind, where, async () => {
      const found = await log.attack(mutation.harm, mutation.anchorToo?.(log) ?? null);
      if (mutation.witnessOnly) {
        this.#traceless.tried += 1;
        if (found.by === 'witness') this.#traceless.left += 1;
      }
      return { found, wrong: complaint(mutation, found) };
    });
  }

  async #random(log: AttackedLog): Promise<void> {
    let what = '';
    await this.#try('at random', `${log.size} entries: random`, async () => {
      // What changes nothing is no mutation.
      for (let tries = 0; tries < 100; tries += 1) {
        const found = await log.attack((each) => {
          what = harmed(each, this.#context.random) ?? '';
        }, null);
        if (what) return { found, wrong: found.by === 'log' || found.by === 'anchor' ? null : `${what}: ${found.by ?? 'nobody'} noticed` };
      }
      throw new Error('no mutation came about');
    });
  }

  async #try(kind: string, where: string, work: () => Promise<{ found: Found; wrong: string | null }>): Promise<void> {
    const { fail, count, time } = this.#context;
    const tally = this.#tally.get(kind) ?? { tried: 0, log: 0, anchor: 0, witness: 0, missed: 0 };
    this.#tally.set(kind, tally);
    const startedAt = performance.now();
    tally.tried += 1;
    try {
      const { found, wrong } = await work();
      if (found.by) tally[found.by] += 1;
      else tally.missed += 1;
      count(found.by ? `noticed by the ${found.by}` : 'not noticed');
      if (wrong) fail(this.#round, `${where}: ${wrong}`);
    } catch (error) {
      tally.missed += 1;
      fail(this.#round, `${where}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
    }
    time('round', performance.now() - startedAt);
    this.#round += 1;
  }
}

/** Null where the tables take no such row. */
function harmed(log: AttackedLog, random: SuiteContext['random']): string | null {
  try {
    return harmAtRandom(log, random);
  } catch (error) {
    const { code, message } = error as { code?: unknown; message: string };
    if (String(code).startsWith('SQLITE_CONSTRAINT') || message.includes('malformed JSON')) return null;
    throw error;
  }
}
