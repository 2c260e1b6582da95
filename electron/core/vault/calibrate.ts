import { randomBytes } from 'node:crypto';
import { freemem, totalmem } from 'node:os';
import { defaultCost, derivePasswordKey, floorCost, type KdfCost } from './kdf.ts';

/** What one derivation should take on this machine, ms. */
const targetMs = 500;
/** What an unlocking may take where the default cost is kept although it takes longer than the target, ms. */
const slowestMs = 1_000;
const step = 16 * 1024;
/** KiB: more would hurt a machine that also holds a model. */
const memoryCeiling = 512 * 1024;
const iterationCeiling = 12;

/** Argon2id parameters that take about half a second here, never below the floor. Takes about 0.2 s. */
export async function calibrateCost(): Promise<KdfCost> {
  const fastest = Math.min(await timeFloor(), await timeFloor());
  return costFor(fastest, Math.min(memoryCeiling, totalmem() / 1024 / 8, freemem() / 1024 / 2));
}

/** The cost for a machine on which the floor takes `floorMs`, with at most `memory` KiB. Time grows with memory × iterations. */
export function costFor(floorMs: number, memory: number): KdfCost {
  // A moment in which the machine is busy must not make a password weaker for years.
  const defaultMs = (floorMs * workOf(defaultCost)) / workOf(floorCost);
  if (defaultMs > targetMs && defaultMs <= slowestMs && memory >= defaultCost.memory) return defaultCost;
  const factor = targetMs / Math.max(floorMs, 1);
  const wanted = Math.min(floorCost.memory * factor, memory);
  const chosen = Math.max(floorCost.memory, Math.floor(wanted / step) * step);
  const iterations = Math.round((floorCost.iterations * floorCost.memory * factor) / chosen);
  return { ...floorCost, memory: chosen, iterations: Math.min(iterationCeiling, Math.max(floorCost.iterations, iterations)) };
}

function workOf({ memory, iterations }: KdfCost): number {
  return memory * iterations;
}

async function timeFloor(): Promise<number> {
  const parameters = { algorithm: 'argon2id' as const, ...floorCost, salt: randomBytes(16).toString('base64') };
  const started = performance.now();
  const key = await derivePasswordKey('calibration', parameters);
  key.fill(0);
  return performance.now() - started;
}
