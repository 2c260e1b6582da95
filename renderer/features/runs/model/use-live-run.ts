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
  const current = useRef<LiveRun | null>(null);
  const wanted = useRef(runId);
  const gathered = useRef<RunEvent[]>([]);
  const timer = useRef<ReturnType<typeof setTimeout> | null>(null);

  const show = useCallback((live: LiveRun) => {
    current.current = live;
    setState({ live, failure: null });
  }, []);

  const flush = useCallback(() => {
    timer.current = null;
    // Events that come before the snapshot wait for it and are applied on top.
    if (current.current) show(applyEvents(current.current, gathered.current.splice(0)));
  }, [show]);

  const read = useCallback(
    async (id: string): Promise<void> => {
      try {
        const run = liveRun(await client.runs.get({ id }));
        if (wanted.current === id) show(applyEvents(run, gathered.current.splice(0)));
      } catch (error) {
        if (wanted.current === id && !isCancelled(error)) setState((old) => ({ ...old, failure: toFailure(error) }));
      }
    },
    [show],
  );

  useEffect(() => {
    wanted.current = runId;
    gathered.current = [];
    if (current.current?.run.id !== runId) {
      current.current = null;
      setState({ live: null, failure: null });
    }
    return () => {
      if (timer.current !== null) clearTimeout(timer.current);
      timer.current = null;
    };
  }, [runId]);

  const stream = useStream<RunEvent>(
    runId === null ? null : `${runId}/${generation}`,
    (signal) => client.runs.watch({ runId: runId ?? '' }, { signal }),
    (event) => {
      gathered.current.push(event);
      timer.current ??= setTimeout(flush, gatherMs);
    },
    () => {
      if (runId !== null) void read(runId);
    },
  );

  const reload = useCallback(() => setGeneration((count) => count + 1), []);
  return { live: state.live?.run.id === runId ? state.live : null, failure: state.failure ?? stream.failure, reload };
}
