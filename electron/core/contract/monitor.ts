import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import { fraction, query, timestamp } from './base.ts';

export const processSample = z.object({
  name: z.enum(['main', 'core', 'inference', 'documents']),
  state: z.enum(['starting', 'ready', 'restarting', 'stopped']),
  pid: z.number().int().nullable(),
  /** Resident bytes; null where this system does not say it of another process, and while the process is not there. */
  residentBytes: z.number().int().nullable(),
  /** Share of one core since the sample before; may exceed 1. Null like `residentBytes`, and at a process's first sample. */
  cpu: z.number().min(0).nullable(),
  restarts: z.number().int(),
  lastExit: z.string().nullable(),
});
export type ProcessSample = z.infer<typeof processSample>;

export const gpuSample = z.object({
  name: z.string(),
  /** Null where the driver does not say it (a partitioned device). */
  utilisation: fraction.nullable(),
  memoryUsedBytes: z.number().int().nullable(),
  memoryTotalBytes: z.number().int().nullable(),
});
export type GpuSample = z.infer<typeof gpuSample>;

export const monitorSample = z.object({
  at: timestamp,
  /** Share of all cores. */
  cpu: fraction,
  memoryUsedBytes: z.number().int(),
  memoryTotalBytes: z.number().int(),
  processes: z.array(processSample),
  inference: z.object({
    tokensPerSecond: z.number(),
    active: z.number().int(),
    queued: z.number().int(),
    /** Whole-request latency of the last five minutes, ms; null when there was none. */
    latencyP50Ms: z.number().nullable(),
    latencyP95Ms: z.number().nullable(),
    firstTokenP50Ms: z.number().nullable(),
  }),
  documents: z.object({ queued: z.number().int(), reading: z.number().int(), pagesPerMinute: z.number() }),
  runs: z.object({ running: z.number().int(), queued: z.number().int() }),
  gpus: z.array(gpuSample),
});
export type MonitorSample = z.infer<typeof monitorSample>;

export const monitorContract = {
  /**
   * Samples of the last ten minutes, oldest first: one a second while somebody watched, one in five seconds otherwise.
   * Kept in memory only, since the vault was unlocked.
   */
  history: query('monitor.read').output(z.array(monitorSample)),
  /** The present sample at once, then one a second. */
  watch: query('monitor.read').output(eventIterator(monitorSample)),
};
