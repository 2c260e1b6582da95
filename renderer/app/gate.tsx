import { useQuery } from '@tanstack/react-query';
import { Suspense, lazy } from 'react';
import type { Person } from '../../electron/core/contract/index.ts';
import { useFirstRun } from '../features/vault/first-run/first-run-state.ts';
import { lacksFactor } from '../features/vault/sign-in/asks-for-factor.ts';
import { policiesQuery } from '../lib/policies.ts';
import { useSessionStore } from '../lib/session.ts';
import { Splash } from './splash.tsx';
import { useDesktopPreferences } from './use-desktop-preferences.ts';

const Shell = lazy(() => import('./shell.tsx').then((module) => ({ default: module.Shell })));
const CreateVault = lazy(() => import('../features/vault/first-run/create-vault.tsx').then((module) => ({ default: module.CreateVault })));
const FirstRun = lazy(() => import('../features/vault/first-run/first-run.tsx').then((module) => ({ default: module.FirstRun })));
const SignInPage = lazy(() => import('../features/vault/sign-in/sign-in-page.tsx').then((module) => ({ default: module.SignInPage })));
const MustChangePassword = lazy(() =>
  import('../features/vault/sign-in/must-change-password.tsx').then((module) => ({ default: module.MustChangePassword })),
);
const MustAddFactor = lazy(() =>
  import('../features/vault/sign-in/must-add-factor.tsx').then((module) => ({ default: module.MustAddFactor })),
);

/** What stands between the person and the workspace: connecting, no vault yet, locked, what a new vault asks, a password to change. */
export function Gate() {
  useDesktopPreferences();
  return (
    <Suspense fallback={<Splash />}>
      <Stage />
    </Suspense>
  );
}

function Stage() {
  const state = useSessionStore((store) => store.state);
  const step = useFirstRun((firstRun) => firstRun.step);
  switch (state.phase) {
    case 'connecting':
      return <Splash />;
    case 'absent':
      return <CreateVault />;
    case 'locked':
      return <SignInPage vault={state.vault} reason={state.reason} />;
    case 'signed-in':
      if (state.session.person.mustChangePassword) return <MustChangePassword />;
      // What a new vault asks, it asks who made it.
      return step === null || state.session.person.role !== 'owner' ? <Admitted person={state.session.person} /> : <FirstRun step={step} />;
  }
}

/** The workspace, once this person has the second factor that the policy may ask for. */
function Admitted({ person }: { readonly person: Person }) {
  const without = person.secondFactor === null;
  const policies = useQuery({ ...policiesQuery(), enabled: without });
  if (without && policies.isPending) return <Splash />;
  if (policies.data && lacksFactor(person, policies.data.policies.secondFactor)) return <MustAddFactor />;
  return <Shell key={person.id} />;
}
