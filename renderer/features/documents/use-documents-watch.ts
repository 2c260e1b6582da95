import { type QueryClient, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import type { DocumentEvent, DocumentSummary } from '../../../electron/core/contract/index.ts';
import { client } from '../../lib/client.ts';
import { useStream } from '../../lib/use-stream.ts';
import { noteProgress } from './progress.ts';

/** Events are gathered this long, so that a thousand documents read at once do not draw the table a thousand times. */
const gatherMs = 100;

type List = { readonly documents: readonly DocumentSummary[]; readonly total: number };

/** Keeps every document query of the page as fresh as core's own state. */
export function useDocumentsWatch(): void {
  const queryClient = useQueryClient();
  const gathered = useRef<DocumentEvent[]>([]);
  const timer = useRef<ReturnType<typeof setTimeout> | null>(null);

  useStream<DocumentEvent>(
    'documents',
    (signal) => client.documents.watch(undefined, { signal }),
    (event) => {
      gathered.current.push(event);
      timer.current ??= setTimeout(() => {
        timer.current = null;
        apply(queryClient, gathered.current.splice(0));
      }, gatherMs);
    },
    () => void queryClient.invalidateQueries({ queryKey: ['documents'] }),
  );

  useEffect(
    () => () => {
      if (timer.current !== null) clearTimeout(timer.current);
    },
    [],
  );
}

function apply(queryClient: QueryClient, events: readonly DocumentEvent[]): void {
  const changed = new Map<string, DocumentSummary>();
  let listsStale = false;
  for (const event of events) {
    if (event.type === 'changed') changed.set(event.document.id, event.document);
    else listsStale = true;
  }
  const known = new Set<string>();
  queryClient.setQueriesData<List>({ queryKey: ['documents', 'list'] }, (list) => {
    if (!list) return list;
    for (const { id } of list.documents) known.add(id);
    return { ...list, documents: list.documents.map((document) => changed.get(document.id) ?? document) };
  });
  const listed = new Set(queryClient.getQueriesData({ queryKey: ['documents', 'list'] }).map(([key]) => key[2]));
  for (const document of changed.values()) {
    noteProgress(document);
    listsStale ||= !known.has(document.id) && (listed.has(null) || listed.has(document.caseId));
    queryClient.setQueryData(['documents', 'get', document.id], document);
    if (document.status === 'ready') void queryClient.invalidateQueries({ queryKey: ['documents', 'findings', document.id] });
  }
  if (listsStale) void queryClient.invalidateQueries({ queryKey: ['documents', 'list'] });
}
