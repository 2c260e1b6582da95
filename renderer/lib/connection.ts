import { createORPCClient } from '@orpc/client';
import type { ContractRouterClient } from '@orpc/contract';
import type { Contract, VaultStatus } from '../../electron/core/contract/index.ts';
import { type LockReason, enterSession, sessionToken, useSessionStore } from './session.ts';
import { type Transport, openTransport } from './transport.ts';

const firstDelayMs = 100;
const longestDelayMs = 2_000;
/** A call on an ended port may never answer; it is not waited for longer than this. */
const settleMs = 500;

type Waiting<T> = { readonly promise: Promise<T>; readonly resolve: (value: T) => void };
const waiting = <T>(): Waiting<T> => Promise.withResolvers<T>();

let open = waiting<Transport>();
let settled = waiting<void>();
let reasonToShow: LockReason = null;
const onSessionEnd = new Set<() => void>();

/** The open channel; waits for the next one while there is none. */
export function currentTransport(signal?: AbortSignal): Promise<Transport> {
  return orAbort(open.promise, signal);
}

/** Waits until it is known who is signed in on the present channel; true if somebody is. */
export async function workspaceOpen(signal?: AbortSignal): Promise<boolean> {
  await orAbort(settled.promise, signal);
  return useSessionStore.getState().state.phase === 'signed-in';
}

/** Runs when a session ends, so that nothing of it stays in the page's memory. */
export function whenSessionEnds(listener: () => void): void {
  onSessionEnd.add(listener);
}

/** Opens the channel and opens it again whenever it ends, for as long as the page lives. */
export async function keepConnected(): Promise<never> {
  for (let delay = firstDelayMs; ; delay = Math.min(delay * 2, longestDelayMs)) {
    const transport = await openTransport().catch(() => null);
    if (transport) {
      delay = firstDelayMs;
      open.resolve(transport);
      useSessionStore.setState({ connected: true, lostAt: null });
      const settling = settle(transport).catch(() => undefined);
      await endOf(transport);
      open = waiting();
      settled = waiting();
      await Promise.race([settling, pause(settleMs)]);
    }
    useSessionStore.setState((store) => ({ connected: false, lostAt: store.lostAt ?? Date.now() }));
    await pause(delay);
  }
}

/** Ends the session in this page and shows the unlock screen. */
export async function leaveSession(reason: LockReason): Promise<void> {
  forgetSession();
  reasonToShow = reason;
  try {
    const client = clientOf(await currentTransport());
    showGate(await client.vault.status(), reason);
  } catch {
    // The channel ended with the vault; the next one shows the gate.
  }
}

/** Takes the session up again, or finds out which gate to show. */
async function settle(transport: Transport): Promise<void> {
  const { resolve } = settled;
  const client = clientOf(transport);
  const token = sessionToken.get();
  const session = token === null ? null : await client.identity.resume({ token }).catch(() => null);
  if (session) enterSession(session);
  else {
    const status = await client.vault.status();
    if (token !== null) {
      forgetSession();
      reasonToShow = 'interrupted';
    }
    showGate(status, reasonToShow);
  }
  resolve();
}

function endOf({ ended }: Transport): Promise<void> {
  return new Promise((resolve) => {
    if (ended.aborted) resolve();
    else ended.addEventListener('abort', () => resolve(), { once: true });
  });
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

function forgetSession(): void {
  sessionToken.clear();
  for (const listener of onSessionEnd) listener();
}

function showGate(vault: VaultStatus, reason: LockReason): void {
  // Right after a lock core may still say that the vault is open: it is closing it.
  const closed: VaultStatus = reason === 'locked' && vault.state === 'unlocked' ? { ...vault, state: 'locked' } : vault;
  useSessionStore.setState({
    state: closed.state === 'absent' ? { phase: 'absent', vault: closed } : { phase: 'locked', vault: closed, reason },
  });
}

function clientOf(transport: Transport): ContractRouterClient<Contract> {
  return createORPCClient(transport.link);
}

function orAbort<T>(promise: Promise<T>, signal?: AbortSignal): Promise<T> {
  if (!signal) return promise;
  signal.throwIfAborted();
  return new Promise((resolve, reject) => {
    const onAbort = (): void => reject(signal.reason as Error);
    signal.addEventListener('abort', onAbort, { once: true });
    void promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', onAbort));
  });
}
