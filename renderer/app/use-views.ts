import { useEffect, useMemo } from 'react';
import { useSession } from '../lib/session.ts';
import { type View, views } from './views.tsx';

/** The views this person may read. */
export function useViews(): readonly View[] {
  const { permissions } = useSession();
  return useMemo(() => views.filter((view) => view.permission === null || permissions.includes(view.permission)), [permissions]);
}

/** Fetches the code of all views while nothing else is to do, so that changing between them waits for nothing. */
export function usePrefetch(wanted: readonly View[]): void {
  useEffect(() => {
    const waiting = requestIdleCallback(() => {
      for (const { load } of wanted) void load().catch(() => undefined);
    });
    return () => cancelIdleCallback(waiting);
  }, [wanted]);
}
