import { Suspense, lazy } from 'react';
import { useSessionStore } from '../lib/session.ts';
import { Splash } from './splash.tsx';
import { useDesktopPreferences } from './use-desktop-preferences.ts';

const Shell = lazy(() => import('./shell.tsx').then((module) => ({ default: module.Shell })));
const CreateVault = lazy(() => import('../features/vault/create-vault.tsx').then((module) => ({ default: module.CreateVault })));
const UnlockVault = lazy(() => import('../features/vault/unlock-vault.tsx').then((module) => ({ default: module.UnlockVault })));

/** What stands between the person and the workspace: connecting, no vault yet, locked. */
export function Gate() {
  useDesktopPreferences();
  const state = useSessionStore((store) => store.state);
  return (
    <Suspense fallback={<Splash />}>
      {state.phase === 'connecting' && <Splash />}
      {state.phase === 'absent' && <CreateVault />}
      {state.phase === 'locked' && <UnlockVault vault={state.vault} reason={state.reason} />}
      {state.phase === 'signed-in' && <Shell key={state.session.person.id} />}
    </Suspense>
  );
}
