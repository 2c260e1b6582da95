import { type QueryClient, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import type { RunEvent, RunSummary } from '../../../electron/core/contract/runs.ts';
import { client } from '../../lib/client.ts';
import { useStream } from '../../lib/use-stream.ts';

const gatherMs = 200;
type List = { readonly runs: readonly RunSummary[]; readonly total: number };

/** Keeps every list of runs current while the caller is mounted. */
export function useRunsWatch(): void {
  const queryClient = useQueryClient();
  const gathered = useRef(new Map<string, RunSummary>());
  const timer = useRef<ReturnType<typeof setTimeout> | null>(null);

  useStream<RunEvent>(
    'runs',
    (signal) => client.runs.watch({}, { signal }),
    (event) => {
      if (event.type !== 'run') return;
      gathered.current.set(event.run.id, event.run);
      timer.current ??= setTimeout(() => {
        timer.current = null;
        const changed = gathered.current;
        gathered.current = new Map();
        apply(queryClient, changed);
      }, gatherMs);
    },
    () => void queryClient.invalidateQueries({ queryKey: ['runs', 'list'] }),
  );

  useEffect(
    () => () => {
      if (timer.current !== null) clearTimeout(timer.current);
    },
    [],
  );
}

function apply(queryClient: QueryClient, changed: ReadonlyMap<string, RunSummary>): void {
  const known = new Set<string>();
  queryClient.setQueriesData<List>({ queryKey: ['runs', 'list'] }, (list) => {
    if (!list) return list;
    for (const { id } of list.runs) known.add(id);
    return { ...list, runs: list.runs.map((run) => changed.get(run.id) ?? run) };
  });
  const listed = new Set(queryClient.getQueriesData({ queryKey: ['runs', 'list'] }).map(([key]) => key[2]));
  const isNew = ({ id, caseId }: RunSummary): boolean => !known.has(id) && (listed.has(null) || listed.has(caseId));
  if ([...changed.values()].some(isNew)) void queryClient.invalidateQueries({ queryKey: ['runs', 'list'] });
}
