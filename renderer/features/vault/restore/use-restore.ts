import { useRef, useState } from 'react';
import type { Secrets } from '../../../../electron/core/contract/index.ts';
import { publicClient } from '../../../lib/client.ts';
import { isCancelled } from '../../../lib/errors.ts';

export type Proof = { readonly userName?: string; readonly secrets?: Secrets; readonly code?: string };
/** Bytes; `startedAt` in milliseconds since the epoch. */
export type Progress = { readonly doneBytes: number; readonly totalBytes: number; readonly startedAt: number };
export type RestoreResult = { readonly bytes: number; readonly durationMs: number };

/** A restore under way: how far it is, how it ended, and the way to stop it. */
export function useRestore() {
  const [progress, setProgress] = useState<Progress | null>(null);
  const [running, setRunning] = useState(false);
  const [result, setResult] = useState<RestoreResult | null>(null);
  const [error, setError] = useState<unknown>(null);
  const controller = useRef<AbortController | null>(null);

  const run = async (input: Proof & { readonly folder: string; readonly snapshotId: string }): Promise<void> => {
    const { signal } = (controller.current = new AbortController());
    const startedAt = Date.now();
    setProgress(null);
    setError(null);
    setRunning(true);
    try {
      for await (const event of await publicClient.backup.restore(input, { signal })) {
        if (event.type === 'progress') setProgress({ doneBytes: event.doneBytes, totalBytes: event.totalBytes, startedAt });
        else setResult({ bytes: event.bytes, durationMs: event.durationMs });
      }
    } catch (failure) {
      if (!signal.aborted && !isCancelled(failure)) setError(failure);
    } finally {
      setRunning(false);
    }
  };
  return {
    progress,
    running,
    result,
    error,
    start: (input: Proof & { readonly folder: string; readonly snapshotId: string }) => void run(input),
    cancel: () => controller.current?.abort(),
  };
}
