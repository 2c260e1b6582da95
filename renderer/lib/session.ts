import { create } from 'zustand';
import type { Permission, Session, VaultStatus } from '../../electron/core/contract/index.ts';

/** Why the unlock screen is shown. */
export type LockReason = 'locked' | 'interrupted' | 'signed-out' | 'idle' | null;

export type SessionState =
  | { readonly phase: 'connecting' }
  | { readonly phase: 'absent'; readonly vault: VaultStatus }
  | { readonly phase: 'locked'; readonly vault: VaultStatus; readonly reason: LockReason }
  | { readonly phase: 'signed-in'; readonly session: Session };

type Store = {
  readonly state: SessionState;
  /** True while a channel to core is open. */
  readonly connected: boolean;
  /** When the channel went away, ms since the epoch; null while connected. */
  readonly lostAt: number | null;
};

export const useSessionStore = create<Store>(() => ({ state: { phase: 'connecting' }, connected: false, lostAt: null }));

const tokenKey = 'redoubt.session';

/** The token outlives a reload of this tab and nothing else. */
export const sessionToken = {
  get: (): string | null => sessionStorage.getItem(tokenKey),
  set: (token: string): void => sessionStorage.setItem(tokenKey, token),
  clear: (): void => sessionStorage.removeItem(tokenKey),
};

/** Shows the workspace to the person who just signed in. */
export function enterSession(session: Session): void {
  sessionToken.set(session.token);
  useSessionStore.setState({ state: { phase: 'signed-in', session } });
}

/** The signed-in person's session; only below the gate that made sure there is one. */
export function useSession(): Session {
  const state = useSessionStore((store) => store.state);
  if (state.phase !== 'signed-in') throw new Error('useSession is for the workspace only.');
  return state.session;
}

/** True where the signed-in person may do this. Core checks again; this only spares a dead button. */
export function usePermission(permission: Permission): boolean {
  return useSessionStore(({ state }) => state.phase === 'signed-in' && state.session.permissions.includes(permission));
}
