import { randomUUID } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Client } from '../../electron/local/client.ts';
import type { ChildName } from '../../electron/core/supervision/messages.ts';
import { TriedApplication, until } from './application.ts';
import { Journal } from './journal.ts';
import type { Suite, SuiteContext } from './suite.ts';
import { importFiles, quickFlow, writeTextFile, type TextFile } from './workload.ts';

/** What was acknowledged. */
type Entry =
  | { kind: 'document'; id: string; sha256: string }
  | { kind: 'run'; id: string; key: string; documentIds: readonly string[] }
  | { kind: 'conversation'; id: string; title: string }
  | { kind: 'flow'; id: string; version: number; name: string };

/** A vault serves this many rounds, then the next one begins, so that the last round is no slower than the first. */
const roundsPerVault = 25;

/**
 * Signal 9 at random moments of importing, running, editing, backing up and replacing the vault key. Then: what was
 * acknowledged is there, every run ends, no effect happened twice, the audit log verifies.
 */
export const killSuite: Suite = {
  defaultRounds: 20,
  async run(context) {
    for (let first = 0; first < context.rounds; first += roundsPerVault) {
      const trial = new KillTrial(context);
      try {
        await trial.begin();
        const last = Math.min(first + roundsPerVault, context.rounds);
        for (let round = first; round < last; round += 1) {
          await trial.round(round);
          if ((round + 1) % 10 === 0) context.progress(`${round + 1} of ${context.rounds} rounds`);
        }
      } finally {
        await trial.end();
      }
    }
  },
};

class KillTrial {
  readonly #context: SuiteContext;
  readonly #folder = mkdtempSync(join(tmpdir(), 'redoubt-kill-'));
  readonly #app = new TriedApplication(join(this.#folder, 'vault'));
  readonly #journal = new Journal<Entry>(join(this.#folder, 'journal.ndjson'));
  #flowId = '';
  #flowVersion = 1;
  #checked = 0;

  constructor(context: SuiteContext) {
    this.#context = context;
  }

  async begin(): Promise<void> {
    await this.#app.start();
    await this.#app.create();
    const { client } = this.#app;
    this.#flowId = (await client.flows.create({ document: quickFlow })).id;
    mkdirSync(join(this.#folder, 'backups'));
    const { settings } = await client.backup.state();
    await client.backup.setSettings({ ...settings, folder: join(this.#folder, 'backups'), schedule: 'off' });
  }

  async end(): Promise<void> {
    await this.#app.stop();
    this.#journal.close();
    rmSync(this.#folder, { recursive: true, force: true });
  }

  async round(round: number): Promise<void> {
    const { random } = this.#context;
    const target: ChildName = random.chance(0.8) ? 'core' : random.pick(['documents', 'inference']);
    const stop = new AbortController();
    const work = this.#work(stop.signal);
    await delay(random.below(900));
    this.#context.time('restart', await this.#app.kill(target));
    stop.abort();
    await work;
    if (target === 'core') this.#context.time('reopen', await this.#app.unlock());
    this.#context.count(`kills of ${target}`);
    try {
      await this.#check();
    } catch (error) {
      this.#context.fail(round, `${error instanceof Error ? error.message : String(error)}${this.#app.log}`);
    }
  }

  /** Several things at once until the application is killed. A call that fails was not acknowledged. */
  async #work(signal: AbortSignal): Promise<void> {
    const { random } = this.#context;
    const { client } = this.#app;
    const endless = async (act: () => Promise<void>) => {
      while (!signal.aborted) {
        const done = await Promise.race([
          act().then(
            () => true,
            () => false,
          ),
          aborted(signal),
        ]);
        if (!done) return;
        await delay(random.below(60));
      }
    };
    const imports = endless(async () => {
      const files: TextFile[] = Array.from({ length: 1 + random.below(3) }, () =>
        writeTextFile(join(this.#folder, 'files'), random, 500 + random.below(20_000)),
      );
      const ids = await importFiles(client, files);
      ids.forEach((id, index) => this.#journal.note({ kind: 'document', id, sha256: files[index]?.sha256 ?? '' }));
      const key = randomUUID();
      const run = await client.runs.start({ flowId: this.#flowId, documentIds: ids, idempotencyKey: key });
      this.#journal.note({ kind: 'run', id: run.id, key, documentIds: ids });
    });
    const conversations = endless(async () => {
      const title = `Conversation ${randomUUID()}`;
      const { id } = await client.chat.create({ title });
      this.#journal.note({ kind: 'conversation', id, title });
    });
    const edits = endless(async () => {
      const name = `Archive ${randomUUID()}`;
      const flow = await client.flows.save({ id: this.#flowId, version: this.#flowVersion, document: { ...quickFlow, name } });
      this.#flowVersion = flow.version;
      this.#journal.note({ kind: 'flow', id: flow.id, version: flow.version, name });
    });
    const big = random.chance(0.15) ? client.keys.rotate() : random.chance(0.2) ? client.backup.run() : Promise.resolve();
    await Promise.all([imports, conversations, edits, Promise.resolve(big).catch(() => undefined)]);
  }

  async #check(): Promise<void> {
    const { client } = this.#app;
    this.#flowVersion = (await client.flows.get({ id: this.#flowId })).version;
    const fresh = this.#journal.entries.slice(this.#checked);
    const older = this.#journal.entries.slice(0, this.#checked).filter(() => this.#context.random.chance(0.05));
    for (const entry of [...fresh, ...older]) await this.#expectThere(entry);
    this.#checked = this.#journal.entries.length;
    this.#context.count('acknowledged', fresh.length);
    await this.#expectEffectsOnce();
    const verification = await client.audit.verify();
    if (!verification.ok) throw new Error(`the audit log does not verify: ${JSON.stringify(verification.problems.slice(0, 3))}`);
  }

  async #expectThere(entry: Entry): Promise<void> {
    const { client } = this.#app;
    switch (entry.kind) {
      case 'document': {
        const found = await client.documents.get({ id: entry.id });
        if (found.sha256 !== entry.sha256) throw new Error(`document ${entry.id} has another content`);
        return;
      }
      case 'conversation': {
        const found = await client.chat.get({ id: entry.id });
        if (found.title !== entry.title) throw new Error(`conversation ${entry.id} lost its title`);
        return;
      }
      case 'flow': {
        const { version } = await client.flows.get({ id: entry.id });
        if (version < entry.version) throw new Error(`flow version ${entry.version} is lost: the newest is ${version}`);
        return;
      }
      case 'run': {
        const startedAt = performance.now();
        await until(async () => (await client.runs.get({ id: entry.id })).finishedAt !== null, `run ${entry.id} does not end`);
        this.#context.time('resumedRun', performance.now() - startedAt);
        const run = await client.runs.get({ id: entry.id });
        if (run.state !== 'succeeded' || run.items.length !== entry.documentIds.length)
          throw new Error(
            `run ${entry.id} is ${run.state} with ${run.items.length} items: ${JSON.stringify(run.items.map(({ error }) => error))}`,
          );
        const again = await client.runs.start({ flowId: this.#flowId, documentIds: [...entry.documentIds], idempotencyKey: entry.key });
        if (again.id !== entry.id) throw new Error(`the key of run ${entry.id} started a second run`);
      }
    }
  }

  /** One archived record for each item of each run, by the audit log's count. */
  async #expectEffectsOnce(): Promise<void> {
    const { client } = this.#app;
    const { runs } = await client.runs.list({ flowId: this.#flowId, limit: 500 });
    let items = 0;
    for (const { id, finishedAt, itemsSucceeded } of runs) {
      if (finishedAt === null) await until(async () => (await client.runs.get({ id })).finishedAt !== null, `run ${id} does not end`);
      items += finishedAt === null ? (await client.runs.get({ id })).itemsSucceeded : itemsSucceeded;
    }
    const total = await countActs(client, 'archive.store');
    if (total !== items) throw new Error(`${items} items were archived ${total} times`);
  }
}

/** The list itself counts no further than a thousand. */
async function countActs(client: Client, action: string): Promise<number> {
  const pageSize = 500;
  let count = 0;
  for (let before = Number.MAX_SAFE_INTEGER; ;) {
    const { entries } = await client.audit.list({ action, before, limit: pageSize });
    count += entries.length;
    const last = entries.at(-1);
    if (!last || entries.length < pageSize) return count;
    before = last.sequence;
  }
}

function aborted(signal: AbortSignal): Promise<false> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve(false);
    signal.addEventListener('abort', () => resolve(false), { once: true });
  });
}
