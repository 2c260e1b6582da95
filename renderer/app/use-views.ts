import { useSession } from '../lib/session.ts';
import { type View, views } from './views.tsx';

/** The views this person may read. */
export function useViews(): readonly View[] {
  const { permissions } = useSession();
  return views.filter((view) => view.permission === null || permissions.includes(view.permission));
}
