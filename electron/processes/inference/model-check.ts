import { stat } from 'node:fs/promises';
import { InsufficientMemoryError } from 'node-llama-cpp';
import { AppError } from '../../core/errors.ts';
import { checkModelFile } from '../../core/models/model-file.ts';
import { lastReasons, textOf, type OpenLlama } from './llama.ts';

/** Weights that llama.cpp's processor backend rearranges into memory of its own. */
const rearranged = process.arch === 'arm64' ? /^(Q4_0|Q4_K|IQ4_NL|Q5_K|Q6_K|Q8_0)/ : /^(Q4_0|Q4_K|IQ4_NL)/;

/**
 * Looks at the file once more before it is loaded (it may have changed since its import) and at the memory it needs. `mmap`: whether
 * it should be mapped; rearranged weights would then be in memory twice (1.2B Q4_0: 1,525 against 912 MiB).
 */
export async function checkBeforeLoad(open: OpenLlama, path: string): Promise<{ mmap: boolean }> {
  const { size } = await stat(path).catch((error: unknown) => {
    throw new AppError(
      'inference/bad-file',
      'The model file is not there any more. If it was linked, put it back or import it again.',
      {},
      { cause: error },
    );
  });
  const { header } = await checkModelFile(path);
  const free = process.availableMemory() + (open.gpu === 'cpu' ? 0 : (await open.llama.getVramState()).free);
  if (size > free) throw outOfMemory(new Error(`${mib(size)} needed, ${mib(free)} free`));
  return { mmap: open.gpu !== 'cpu' || !rearranged.test(header.quantisation) };
}

export function isMemory(error: unknown): boolean {
  return error instanceof InsufficientMemoryError || /memory|alloc|Failed to create context/i.test(textOf(error));
}

export function outOfMemory(cause: unknown): AppError {
  return new AppError(
    'inference/out-of-memory',
    `There is not enough free memory for this model (${textOf(cause)}). Close other programs, unload other models, or use a smaller model or a stronger quantisation.`,
    { reasons: lastReasons() },
    { cause },
  );
}

export function badFile(cause: unknown): AppError {
  return new AppError(
    'inference/bad-file',
    `llama.cpp refused this model file: ${lastReasons().at(-1) ?? textOf(cause)}. The file is damaged or of a kind this version does not support.`,
    { reasons: lastReasons() },
    { cause },
  );
}

/** The file is good and the engine cannot run it. */
export function cannotRun(cause: unknown): AppError {
  return new AppError(
    'inference/unsupported',
    `The engine cannot run this model: ${textOf(cause)}.`,
    { reasons: lastReasons() },
    { cause },
  );
}

function mib(bytes: number): string {
  return `${Math.round(bytes / 2 ** 20)} MiB`;
}
