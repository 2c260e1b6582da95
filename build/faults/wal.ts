import { appendFileSync, copyFileSync, cpSync, existsSync, mkdtempSync, rmSync, statSync, truncateSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { randomBytes } from 'node:crypto';
import { examine } from './examine.ts';
import { copyVault, livePlace, prepareVault } from './prepared-vault.ts';
import type { Suite } from './suite.ts';

const frame = 24 + 4096;

/** After signal 9 the write-ahead log is deleted, cut, exchanged for an earlier one or lengthened. Then: nothing acknowledged is missing, or it is said. */
export const walSuite: Suite = {
  defaultRounds: 20,
  async run({ rounds, random, progress, fail, count }) {
    const folder = mkdtempSync(join(tmpdir(), 'redoubt-wal-'));
    const vault = livePlace(folder);
    const marks = join(folder, 'tried-marks');
    const wal = join(vault, 'vault.db-wal');
    try {
      const prepared = await prepareVault(folder, random);
      const tryWith = async (harm: () => string) => {
        copyVault(prepared.killed, vault);
        cpSync(prepared.killedMarks, marks, { recursive: true });
        try {
          const what = harm();
          return { what, finding: await examine(vault, marks) };
        } finally {
          rmSync(vault, { recursive: true, force: true });
          rmSync(marks, { recursive: true, force: true });
        }
      };
      const { finding: intact } = await tryWith(() => 'nothing');
      if (!('contents' in intact)) throw new Error(`the unharmed vault is refused: ${intact.noticed}`);
      const size = statSync(join(prepared.killed, 'vault.db-wal')).size;
      count('frames in the log', Math.floor(size / frame));
      const harms: Record<string, () => string> = {
        deleted: () => (rmSync(wal), 'deleted'),
        'cut anywhere': () => {
          const to = random.below(size);
          truncateSync(wal, to);
          return `cut to ${to} of ${size} bytes`;
        },
        'cut between frames': () => {
          const frames = random.below(Math.floor(size / frame));
          truncateSync(wal, 32 + frames * frame);
          return `cut to ${frames} frames`;
        },
        'put back': () => {
          const older = join(prepared.earlier, 'vault.db-wal');
          if (existsSync(older)) copyFileSync(older, wal);
          else rmSync(wal);
          return 'put back to an earlier one';
        },
        lengthened: () => {
          appendFileSync(wal, randomBytes(1 + random.below(3 * frame)));
          return 'lengthened with noise';
        },
        'database put back': () => (copyFileSync(join(prepared.earlier, 'vault.db'), join(vault, 'vault.db')), 'under an earlier database'),
      };
      for (let round = 0; round < rounds; round += 1) {
        const name = random.pick(Object.keys(harms));
        const { what, finding } = await tryWith(() => harms[name]?.() ?? '');
        if ('noticed' in finding) count(`${name}: noticed as ${finding.noticed}`);
        else if (finding.contents === intact.contents) count(`${name}: harmless`);
        else fail(round, `the log was ${what}: not noticed, and the contents differ`);
        if ((round + 1) % 20 === 0) progress(`${round + 1} of ${rounds} rounds`);
      }
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
};
