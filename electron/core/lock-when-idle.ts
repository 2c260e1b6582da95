import { IdleLock, type LockReason } from './identity/idle-lock.ts';
import type { Workspace } from './workspace.ts';

/** Begins to end the idle sessions of an open vault, on record, and to call `lock` once none is left. */
export function lockWhenIdle(workspace: Workspace, lock: (reason: LockReason) => void): IdleLock {
  const { identity, policies, systemAct } = workspace;
  const idleLock = new IdleLock({
    sessions: identity.sessions,
    rules: () => policies.current.session,
    isWorking: () => workspace.isWorking(),
    endSession: ({ id, personId }) => {
      systemAct('identity.idle-sign-out').commit({ subject: personId, details: { session: id } }, () => undefined);
      identity.sessions.end(id);
    },
    lock,
  });
  idleLock.start();
  return idleLock;
}
