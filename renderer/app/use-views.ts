import { useEffect, useMemo } from 'react';
import type { Permission } from '../../electron/core/contract/index.ts';
import { useSession } from '../lib/session.ts';
import { type View, views } from './views.tsx';

/** The views this person may read. */
export function useViews(): readonly View[] {
  const { permissions } = useSession();
  return useMemo(() => views.filter(({ anyOf }) => anyOf.length === 0 || anyOf.some((one) => permissions.includes(one))), [permissions]);
}

/** Where a person's own work is; who has none of these (an administrator of people, of keys) begins at the settings. */
const work = ['documents', 'flows', 'runs', 'assistant', 'models', 'audit'];

/** The view, and the section of it, that a person comes to after signing in. */
export function landing(
  own: readonly View[],
  permissions: readonly Permission[],
): { readonly id: string; readonly section: string | null } {
  const first = own.find(({ id }) => work.includes(id));
  if (first) return { id: first.id, section: null };
  return { id: 'settings', section: permissions.includes('people.read') ? 'people' : null };
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
