import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { TriedApplication, until } from './application.ts';
import type { Suite } from './suite.ts';
import { importFiles, quickFlow, writeTextFile } from './workload.ts';

const day = 86_400_000;
const steps = { 'a year back': -365 * day, 'ten years ahead': 3_653 * day, 'a day ahead': day, 'an hour back': -3_600_000 };

/**
 * The clock of the core process steps: while the vault is closed, open, and inside a run. Then: the step is recorded,
 * the order of the audit log holds, the run ends, nothing is deleted or pruned.
 */
export const clockSuite: Suite = {
  defaultRounds: 6,
  async run({ rounds, random, progress, fail, count }) {
    const folder = mkdtempSync(join(tmpdir(), 'redoubt-clock-'));
    const clock = join(folder, 'clock');
    let offset = 0;
    const set = async (to: number) => {
      offset = to;
      writeFileSync(clock, String(to));
      await delay(100);
    };
    await set(0);
    const app = new TriedApplication(join(folder, 'vault'), { coreExecArgv: [`--import=${shiftedClock(clock)}`] });
    try {
      await app.start();
      await app.create();
      const flow = await app.client.flows.create({ document: quickFlow });
      mkdirSync(join(folder, 'backups'));
      const { settings } = await app.client.backup.state();
      await app.client.backup.setSettings({ ...settings, folder: join(folder, 'backups'), schedule: 'off' });
      const backUp = async () => {
        await app.client.backup.run();
        await until(async () => (await app.client.backup.state()).activity === null, 'the backup does not end');
      };
      await backUp();
      let documents = 0;
      for (let round = 0; round < rounds; round += 1) {
        try {
          const [name, step] = round % 5 === 4 ? (['to 1970', -Date.now() - offset] as const) : random.pick(Object.entries(steps));
          const place = random.pick(['open', 'in a run', 'closed']);
          count(`${name}, ${place}`);
          const files = Array.from({ length: 6 }, () => writeTextFile(join(folder, 'files'), random, 5_000));
          const ids = await importFiles(app.client, files);
          documents += ids.length;
          const before = await app.client.audit.list({ search: 'system.clock-step', limit: 1 });
          const snapshots = (await app.client.backup.snapshots({})).length;
          const run = await app.client.runs.start({ flowId: flow.id, documentIds: ids });
          if (place !== 'in a run')
            await until(async () => (await app.client.runs.get({ id: run.id })).finishedAt !== null, 'the run does not end');
          if (place === 'closed') await app.stop();
          await set(offset + step);
          if (place === 'closed') {
            await app.start();
            await app.unlock();
          } else {
            await delay(1_200);
            if (!(await app.client.identity.current())) await app.unlock();
          }
          await until(async () => (await app.client.runs.get({ id: run.id })).finishedAt !== null, 'the run does not end');
          const { state } = await app.client.runs.get({ id: run.id });
          if (state !== 'succeeded') throw new Error(`the run ${state}`);
          const after = await app.client.audit.list({ search: 'system.clock-step', limit: 5 });
          const noticeable = place !== 'closed' || step < 0;
          if (noticeable && after.total !== before.total + 1)
            throw new Error(`a step ${name} (${place}) left ${after.total - before.total} records`);
          if (noticeable && Math.abs(Number(after.entries[0]?.details['byMs']) - step) > 120_000)
            throw new Error(`the recorded step is ${String(after.entries[0]?.details['byMs'])} ms, not ${step}`);
          const verification = await app.client.audit.verify();
          if (!verification.ok) throw new Error('the audit log does not verify');
          await backUp();
          const { total } = await app.client.documents.list({ limit: 1 });
          if (total !== documents) throw new Error(`${documents} documents became ${total}`);
          if ((await app.client.backup.snapshots({})).length < Math.min(snapshots, 5)) throw new Error('a backup was pruned early');
        } catch (error) {
          fail(round, error instanceof Error ? error.message : String(error));
          await app.stop();
          await app.start();
          await app.unlock();
          ({ total: documents } = await app.client.documents.list({ limit: 1 }));
        }
        progress(`${round + 1} of ${rounds} rounds`);
      }
    } finally {
      await app.stop();
      rmSync(folder, { recursive: true, force: true });
    }
  },
};

/** A module for `--import` under which the wall clock of a process is ahead by the milliseconds that `file` holds. */
function shiftedClock(file: string): string {
  const code = `
    import { readFileSync } from 'node:fs';
    const RealDate = Date;
    let offset = 0;
    const read = () => { try { offset = Number(readFileSync(${JSON.stringify(file)}, 'utf8')); } catch {} };
    read();
    setInterval(read, 20).unref();
    const now = () => RealDate.now() + offset;
    globalThis.Date = new Proxy(RealDate, {
      construct: (target, given) => (given.length ? new target(...given) : new target(now())),
      apply: () => new RealDate(now()).toString(),
      get: (target, key) => (key === 'now' ? now : Reflect.get(target, key)),
    });`;
  return `data:text/javascript,${encodeURIComponent(code)}`;
}
