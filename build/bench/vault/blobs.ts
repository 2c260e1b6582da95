import { randomBytes } from 'node:crypto';
import { closeSync, copyFileSync, fsyncSync, mkdirSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout } from 'node:timers/promises';
import { uploadChunkBytes } from '../../../electron/core/contract/files.ts';
import { piecesOf } from '../../../electron/core/files/file-pieces.ts';
import { syncFolder } from '../../../electron/core/vault/atomic-file.ts';
import { Blobs } from '../../../electron/core/vault/blobs.ts';
import { ringOf } from '../../../electron/core/vault/key-ring.ts';
import { statistics } from '../statistics.ts';
import { compared, secondsOf, secondsUntil, shuffled } from './timed.ts';

const sizes: readonly (readonly [mib: number, runs: number])[] = [
  [1, 31],
  [16, 15],
  [256, 9],
];

/**
 * A new blob, streamed from a file, from the pieces of an upload, and at once from memory, against copying the file and
 * syncing copy and folder. From memory twice: with the content there, as who calls `put` has it, and with the file read
 * into it first in the measured time. The source is on the disk before, and the order is another in each run.
 * `longestPauseMs` is how long nothing else was answered at a stretch while it was streamed.
 */
export async function blobFigures(folder: string): Promise<Record<string, unknown>> {
  mkdirSync(folder);
  const figures: Record<string, unknown> = { target: 0.5 };
  for (const [mib, runs] of sizes) figures[`${mib} MiB`] = await figuresOf(folder, mib * 1024 * 1024, runs);
  return figures;
}

async function figuresOf(folder: string, size: number, runs: number): Promise<Record<string, unknown>> {
  const [source, copy] = [join(folder, 'source'), join(folder, 'copy')];
  const samples = () => [] as number[];
  const [streamed, uploaded, whole, wholeRead, copied, read, plainRead, pauses] = [
    samples(),
    samples(),
    samples(),
    samples(),
    samples(),
    samples(),
    samples(),
    samples(),
  ];
  const blobs = new Blobs(join(folder, 'blobs'), ringOf(randomBytes(32)), randomBytes(32));
  const arms: (() => Promise<void>)[] = [
    async () => {
      let id = '';
      streamed.push(await secondsUntil(async () => ({ id } = await blobs.putFrom(piecesOf(source)))));
      read.push(
        await secondsUntil(async () => {
          for await (const _ of blobs.read(id));
        }),
      );
      blobs.remove(id);
    },
    async () => {
      // By itself: watching takes time too.
      const delay = monitorEventLoopDelay({ resolution: 1 });
      delay.enable();
      const { id } = await blobs.putFrom(piecesOf(source));
      delay.disable();
      pauses.push(delay.max / 1e6);
      blobs.remove(id);
    },
    async () => {
      const pieces = uploadOf(source);
      let id = '';
      uploaded.push(await secondsUntil(async () => ({ id } = await blobs.putFrom(arriving(pieces)))));
      blobs.remove(id);
    },
    async () => {
      const content = readFileSync(source);
      let id = '';
      whole.push(secondsOf(() => (id = blobs.put(content))));
      blobs.remove(id);
    },
    async () => {
      let id = '';
      wholeRead.push(secondsOf(() => (id = blobs.put(readFileSync(source)))));
      blobs.remove(id);
    },
    async () => {
      copied.push(secondsOf(() => copyDurably(source, copy, folder)));
      plainRead.push(secondsOf(() => readFileSync(copy)));
      rmSync(copy);
    },
  ];
  for (let run = 0; run < runs; run += 1) {
    writeFileSync(source, randomBytes(size));
    for (const arm of shuffled(arms)) {
      await settle(source, folder);
      await arm();
    }
  }
  return {
    writeFromFile: compared(streamed, copied),
    writeFromMemory: compared(whole, copied),
    readAndWriteFromMemory: compared(wholeRead, copied),
    writeOfUpload: compared(uploaded, copied),
    read: compared(read, plainRead),
    longestPauseMs: statistics(pauses),
  };
}

function uploadOf(source: string): readonly Uint8Array[] {
  const bytes = readFileSync(source);
  const count = Math.ceil(bytes.length / uploadChunkBytes);
  return Array.from({ length: count }, (_, index) => bytes.subarray(index * uploadChunkBytes, (index + 1) * uploadChunkBytes));
}

async function* arriving(pieces: readonly Uint8Array[]): AsyncGenerator<Uint8Array> {
  for (const piece of pieces) {
    yield piece;
    await Promise.resolve();
  }
}

/** What was before leaves the disk nothing to do: handles of removed files are closed, and all is synced. */
async function settle(source: string, folder: string): Promise<void> {
  await setTimeout(10);
  syncFile(source);
  syncFolder(folder);
}

function syncFile(file: string): void {
  const handle = openSync(file, 'r+');
  fsyncSync(handle);
  closeSync(handle);
}

function copyDurably(source: string, copy: string, folder: string): void {
  copyFileSync(source, copy);
  syncFile(copy);
  syncFolder(folder);
}
