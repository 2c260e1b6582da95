import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TriedApplication, until } from './application.ts';
import type { Suite } from './suite.ts';
import { importFiles, quickFlow, writeTextFile } from './workload.ts';

/** Random changes, a backup, a restore drill, each round; every fifth round a whole restore to a new place that is opened and compared. */
export const drillSuite: Suite = {
  defaultRounds: 5,
  async run({ rounds, random, progress, fail, time, count }) {
    const folder = mkdtempSync(join(tmpdir(), 'redoubt-drill-'));
    const app = new TriedApplication(join(folder, 'vault'));
    const backups = join(folder, 'backups');
    mkdirSync(backups);
    try {
      await app.start();
      await app.create();
      const flow = await app.client.flows.create({ document: quickFlow });
      const { settings } = await app.client.backup.state();
      await app.client.backup.setSettings({ ...settings, folder: backups, schedule: 'off' });
      const idle = () => until(async () => (await app.client.backup.state()).activity === null, 'the backup does not end', 120_000);
      for (let round = 0; round < rounds; round += 1) {
        try {
          const files = Array.from({ length: 1 + random.below(8) }, () =>
            writeTextFile(join(folder, 'files'), random, random.below(300_000)),
          );
          const ids = await importFiles(app.client, files);
          await until(
            async () => (await Promise.all(ids.map((id) => app.client.documents.get({ id })))).every(({ status }) => status === 'ready'),
            'the documents were not read',
          );
          if (random.chance(0.5)) await app.client.runs.start({ flowId: flow.id, documentIds: ids });
          if (random.chance(0.3)) await app.client.documents.remove({ ids: ids.slice(0, 1) }).catch(() => undefined);
          const before = performance.now();
          await app.client.backup.run();
          await idle();
          time('backup', performance.now() - before);
          const { last } = await app.client.backup.state();
          if (last?.error || !last?.snapshotId) throw new Error(`the backup failed: ${last?.error?.message ?? 'no snapshot'}`);
          await app.client.backup.drill({});
          await idle();
          const { lastDrill } = await app.client.backup.state();
          if (!lastDrill?.ok || lastDrill.snapshotId !== last.snapshotId)
            throw new Error(`the drill failed: ${lastDrill?.problems.join('; ') ?? 'no result'}`);
          time('recovery', lastDrill.recoveryMs);
          count('rows compared', lastDrill.rows);
          count('blobs compared', lastDrill.blobs);
          if (round % 5 === 4) await compareRestored(app, backups, last.snapshotId, join(folder, `restored-${round}`));
        } catch (error) {
          fail(round, error instanceof Error ? error.message : String(error));
        }
        progress(`${round + 1} of ${rounds} rounds`);
      }
    } finally {
      await app.stop();
      rmSync(folder, { recursive: true, force: true });
    }
  },
};

async function compareRestored(app: TriedApplication, backups: string, snapshotId: string, folder: string): Promise<void> {
  const restored = new TriedApplication(folder);
  await restored.start();
  try {
    const { userName, password } = { userName: 'ada', password: 'correct horse battery' };
    for await (const _ of await restored.client.backup.restore({ folder: backups, snapshotId, userName, secrets: { password } }));
    await restored.unlock();
    const [there, here] = await Promise.all([restored.client.documents.list({ limit: 500 }), app.client.documents.list({ limit: 500 })]);
    const digest = (list: typeof there) =>
      list.documents
        .map(({ id, sha256 }) => `${id}:${sha256}`)
        .sort()
        .join();
    if (digest(there) !== digest(here)) throw new Error('the restored vault holds other documents');
    const { entries } = await restored.client.audit.list({ search: 'vault.restore', limit: 5 });
    if (entries.length === 0) throw new Error('the restore is not in the audit log');
  } finally {
    await restored.stop();
  }
}
