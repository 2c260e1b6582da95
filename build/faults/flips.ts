import {
  closeSync,
  copyFileSync,
  cpSync,
  existsSync,
  fstatSync,
  mkdtempSync,
  openSync,
  readSync,
  readdirSync,
  rmSync,
  statSync,
  truncateSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { examine } from './examine.ts';
import { copyVault, prepareVault, type PreparedVault } from './prepared-vault.ts';
import type { Random, Suite } from './suite.ts';

const page = 4096;
/** Files that a vault works without, or makes again. */
const unimportant = /(^|\/)(ballast|models)(\/|$)/;

/**
 * One bit, one page, one file of a vault changed while nobody looked. Then: opening and reading says so, or finds
 * everything as it was.
 */
export const flipsSuite: Suite = {
  defaultRounds: 60,
  async run({ rounds, random, progress, fail, count }) {
    const folder = mkdtempSync(join(tmpdir(), 'redoubt-flips-'));
    try {
      const prepared = await prepareVault(folder, random);
      const intact = new Map<string, string>();
      for (const state of ['closed', 'killed'] as const) {
        const finding = await copyAndExamine(prepared, state, folder, () => undefined);
        if (!('contents' in finding)) throw new Error(`the unharmed vault (${state}) is refused: ${finding.noticed}`);
        intact.set(state, finding.contents);
      }
      for (let round = 0; round < rounds; round += 1) {
        const state = random.pick(['closed', 'killed'] as const);
        let what = '';
        try {
          const finding = await copyAndExamine(prepared, state, folder, (vault) => (what = change(vault, prepared, random)));
          if ('noticed' in finding) {
            count('noticed');
            count(`noticed as ${finding.noticed}`);
          } else if (finding.contents === intact.get(state)) count('harmless');
          else throw new Error('not noticed, and the contents differ');
        } catch (error) {
          fail(round, `${state}, ${what}: ${error instanceof Error ? error.message : String(error)}`);
        }
        if ((round + 1) % 100 === 0) progress(`${round + 1} of ${rounds} rounds`);
      }
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
};

async function copyAndExamine(prepared: PreparedVault, state: 'closed' | 'killed', folder: string, harm: (vault: string) => void) {
  const { vault } = prepared;
  const marks = join(folder, 'tried-marks');
  try {
    copyVault(prepared[state], vault);
    cpSync(prepared[`${state}Marks`], marks, { recursive: true });
    harm(vault);
    return await examine(vault, marks);
  } finally {
    rmSync(vault, { recursive: true, force: true });
    rmSync(marks, { recursive: true, force: true });
  }
}

/** Changes something and says what. */
function change(vault: string, prepared: PreparedVault, random: Random): string {
  const files = readdirSync(vault, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => !unimportant.test(relative(vault, path)) && statSync(path).size > 0)
    .sort();
  const database = join(vault, 'vault.db');
  const file = random.chance(0.4) ? database : random.chance(0.3) && existsSync(`${database}-wal`) ? `${database}-wal` : random.pick(files);
  if (!existsSync(file) || statSync(file).size === 0) return change(vault, prepared, random);
  const name = relative(vault, file);
  const { size } = statSync(file);
  const kind = random.pick(['bit', 'bit', 'bit', 'bit', 'stale page', 'truncate', 'zeros', 'remove', 'whole older file'] as const);
  if (kind === 'remove') {
    rmSync(file);
    return `${name} removed`;
  }
  if (kind === 'truncate') {
    const to = random.below(size);
    truncateSync(file, to);
    return `${name} cut to ${to} of ${size}`;
  }
  const older = join(prepared.earlier, name);
  if (kind === 'whole older file' && existsSync(older)) {
    copyFileSync(older, file);
    return `${name} put back to an earlier state`;
  }
  const at = random.below(size);
  const handle = openSync(file, 'r+');
  try {
    if (kind === 'stale page' && file === database) {
      const pageAt = random.below(Math.ceil(Math.min(size, statSync(older).size) / page)) * page;
      writeSync(handle, readAt(older, pageAt, page), 0, page, pageAt);
      return `page at ${pageAt} of ${name} put back to an earlier state`;
    }
    if (kind === 'zeros') {
      const length = Math.min(size - at, 1 + random.below(page));
      writeSync(handle, Buffer.alloc(length), 0, length, at);
      return `${length} zeros at ${at} of ${name}`;
    }
    const byte = Buffer.alloc(1);
    readSync(handle, byte, 0, 1, at);
    const bit = random.below(8);
    byte[0] = (byte[0] ?? 0) ^ (1 << bit);
    writeSync(handle, byte, 0, 1, at);
    return `bit ${bit} of byte ${at} of ${name} (${fstatSync(handle).size} bytes)`;
  } finally {
    closeSync(handle);
  }
}

function readAt(file: string, at: number, length: number): Buffer {
  const handle = openSync(file, 'r');
  try {
    const bytes = Buffer.alloc(length);
    readSync(handle, bytes, 0, length, at);
    return bytes;
  } finally {
    closeSync(handle);
  }
}
