import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { readVaultFile } from '../../electron/core/vault/vault-file.ts';
import { TriedApplication, until } from './application.ts';
import type { Suite } from './suite.ts';
import { importFiles, writeTextFile } from './workload.ts';

const documents = 60;

/** Signal 9 at random moments while the vault key is replaced. Then: it opens, the replacement ends, every document can be read. */
export const rotationSuite: Suite = {
  defaultRounds: 10,
  async run({ rounds, random, progress, fail, time, count }) {
    const folder = mkdtempSync(join(tmpdir(), 'redoubt-rotation-'));
    const app = new TriedApplication(join(folder, 'vault'));
    try {
      await app.start();
      await app.create();
      const files = Array.from({ length: documents }, () => writeTextFile(join(folder, 'files'), random, 1_000 + random.below(400_000)));
      const ids = await importFiles(app.client, files);
      const unread = async () =>
        (await app.client.documents.list({ limit: 500 })).documents.filter(({ status }) => status !== 'ready').map(({ status }) => status);
      await until(
        async () => (await unread()).length === 0,
        async () => `documents were not read: ${(await unread()).join(', ')}`,
        180_000,
      );
      const rotated = async () => {
        await until(async () => {
          const state = await app.client.keys.rotation();
          if (state.problem) throw new Error(`the rotation stopped: ${state.problem.message}`);
          return !state.running;
        }, 'the rotation does not end');
      };
      // How long one takes that nobody disturbs: the kills fall inside that time.
      const began = performance.now();
      await app.client.keys.rotate();
      await rotated();
      const undisturbed = performance.now() - began;
      time('undisturbed', undisturbed);
      for (let round = 0; round < rounds; round += 1) {
        try {
          const before = (await app.client.keys.rotation()).epoch;
          await app.client.keys.rotate();
          await delay(random.below(undisturbed));
          const dead = app.pidOf('core');
          if (dead) process.kill(dead, 'SIGKILL');
          const { rotation, epoch: noted } = readVaultFile(app.folder) ?? { rotation: null, epoch: 0 };
          count(rotation ? 'killed with both keys noted' : noted > before ? 'killed after the end' : 'killed before the new key was noted');
          time('restart', await app.comeBack(dead));
          time('reopen', await app.unlock());
          await rotated();
          if ((await app.client.keys.rotation()).epoch === before && !rotation) await app.client.keys.rotate().then(rotated);
          const { epoch } = await app.client.keys.rotation();
          if (epoch !== before + 1) throw new Error(`the vault key is number ${epoch}, not ${before + 1}`);
          for (const [index, id] of ids.entries()) {
            const { text } = await app.client.documents.page({ id, number: 1 });
            if (!text.includes(files[index]?.text.split('\n')[0] ?? '-')) throw new Error(`document ${id} reads otherwise`);
          }
          const verification = await app.client.audit.verify();
          if (!verification.ok) throw new Error('the audit log does not verify');
        } catch (error) {
          fail(round, error instanceof Error ? error.message : String(error));
          if (!app.pidOf('core')) throw error;
        }
        if ((round + 1) % 10 === 0) progress(`${round + 1} of ${rounds} rounds`);
      }
    } finally {
      await app.stop();
      rmSync(folder, { recursive: true, force: true });
    }
  },
};
