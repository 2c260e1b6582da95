import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import { fraction, query, timestamp } from './base.ts';

export const processSample = z.object({
  name: z.enum(['main', 'core', 'inference', 'documents']),
  state: z.enum(['starting', 'ready', 'restarting', 'stopped']),
  pid: z.number().int().nullable(),
  /** Resident bytes. */
  residentBytes: z.number().int(),
  /** Share of one core; may exceed 1. */
  cpu: z.number().min(0),
  restarts: z.number().int(),
  lastExit: z.string().nullable(),
});
export type ProcessSample = z.infer<typeof processSample>;

export const gpuSample = z.object({ name: z.string(), utilisation: fraction, memoryUsedBytes: z.number().int(), memoryTotalBytes: z.number().int() });

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
  /** Samples of the last minutes, oldest first (one a second, at most ten minutes kept in memory). */
  history: query('monitor.read').output(z.array(monitorSample)),
  watch: query('monitor.read').output(eventIterator(monitorSample)),
};
