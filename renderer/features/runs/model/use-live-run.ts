import { useCallback, useEffect, useRef, useState } from 'react';
import type { RunEvent } from '../../../../electron/core/contract/runs.ts';
import { client } from '../../../lib/client.ts';
import { type Failure, isCancelled, toFailure } from '../../../lib/errors.ts';
import { useStream } from '../../../lib/use-stream.ts';
import { applyEvents, liveRun, type LiveRun } from './live-run.ts';

/** How long events are gathered before the page is drawn anew. */
const gatherMs = 100;

export type LiveRunState = {
  readonly live: LiveRun | null;
  readonly failure: Failure | null;
  /** Reads everything again and opens the stream anew (after *Try again* or *Resume*). */
  readonly reload: () => void;
};

/** The run with this id, kept current for as long as the component is mounted. */
export function useLiveRun(runId: string | null): LiveRunState {
  const [generation, setGeneration] = useState(0);
  const [state, setState] = useState<{ live: LiveRun | null; failure: Failure | null }>({ live: null, failure: null });
  const waiting = useRef<RunEvent[]>([]);
  const timer = useRef<ReturnType<typeof setTimeout> | null>(null);

  const flush = useCallback(() => {
    timer.current = null;
    setState((old) => {
      // Events that come before the snapshot wait for it and are applied on top.
      if (!old.live || waiting.current.length === 0) return old;
      const events = waiting.current;
      waiting.current = [];
      return { ...old, live: applyEvents(old.live, events) };
    });
  }, []);

  const read = useCallback(
    async (id: string): Promise<void> => {
      try {
        const run = await client.runs.get({ id });
        const events = waiting.current;
        waiting.current = [];
        setState({ live: applyEvents(liveRun(run), events), failure: null });
      } catch (error) {
        if (!isCancelled(error)) setState((old) => ({ ...old, failure: toFailure(error) }));
      }
    },
    [],
  );

  useEffect(() => {
    waiting.current = [];
    setState((old) => (old.live?.run.id === runId ? old : { live: null, failure: null }));
    return () => {
      if (timer.current !== null) clearTimeout(timer.current);
      timer.current = null;
    };
  }, [runId]);

  const stream = useStream<RunEvent>(
    runId === null ? null : `${runId}/${generation}`,
    (signal) => client.runs.watch({ runId: runId ?? '' }, { signal }),
    (event) => {
      waiting.current.push(event);
      timer.current ??= setTimeout(flush, gatherMs);
    },
    () => {
      if (runId !== null) void read(runId);
    },
  );

  const reload = useCallback(() => setGeneration((count) => count + 1), []);
  const shown = state.live?.run.id === runId ? state.live : null;
  return { live: shown, failure: state.failure ?? stream.failure, reload };
}
