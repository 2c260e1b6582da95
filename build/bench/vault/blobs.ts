import { randomBytes } from 'node:crypto';
import { closeSync, copyFileSync, fsyncSync, mkdirSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { syncFolder } from '../../../electron/core/vault/atomic-file.ts';
import { Blobs } from '../../../electron/core/vault/blobs.ts';
import { ringOf } from '../../../electron/core/vault/key-ring.ts';
import { compared, secondsOf, secondsUntil } from './timed.ts';

const runs = 9;
const sizes = [1, 16, 256].map((mib) => mib * 1024 * 1024);

/** A new blob, streamed from a file and from memory, against copying the file and syncing copy and folder. */
export async function blobFigures(folder: string): Promise<Record<string, unknown>> {
  mkdirSync(folder);
  const figures: Record<string, unknown> = { target: 0.5 };
  for (const size of sizes) {
    const source = join(folder, 'source');
    const [streamed, whole, copied, read, plainRead]: number[][] = [[], [], [], [], []];
    const blobs = new Blobs(join(folder, 'blobs'), ringOf(randomBytes(32)), randomBytes(32));
    for (let run = 0; run < runs; run += 1) {
      writeFileSync(source, randomBytes(size));
      let id = '';
      streamed?.push(await secondsUntil(async () => ({ id } = await blobs.putFile(source))));
      read?.push(
        await secondsUntil(async () => {
          for await (const _ of blobs.read(id));
        }),
      );
      blobs.remove(id);
      whole?.push(secondsOf(() => (id = blobs.put(readFileSync(source)))));
      blobs.remove(id);
      copied?.push(secondsOf(() => copyDurably(source, folder)));
      plainRead?.push(secondsOf(() => readFileSync(join(folder, 'copy'))));
    }
    figures[`${size / 1024 / 1024} MiB`] = {
      writeFromFile: compared(streamed ?? [], copied ?? []),
      writeFromMemory: compared(whole ?? [], copied ?? []),
      read: compared(read ?? [], plainRead ?? []),
    };
  }
  return figures;
}

function copyDurably(source: string, folder: string): void {
  const copy = join(folder, 'copy');
  rmSync(copy, { force: true });
  copyFileSync(source, copy);
  const handle = openSync(copy, 'r+');
  fsyncSync(handle);
  closeSync(handle);
  syncFolder(folder);
}
