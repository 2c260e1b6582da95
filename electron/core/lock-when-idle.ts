import { IdleLock, type LockReason } from './identity/idle-lock.ts';
import type { Log } from './log.ts';
import type { Workspace } from './workspace.ts';

/**
 * Begins to end the idle sessions of an open vault, on record, and to call `lock` once none is left. Where the record
 * cannot be written, session and vault end all the same.
 */
export function lockWhenIdle(
  workspace: Pick<Workspace, 'identity' | 'policies' | 'systemAct' | 'isWorking'>,
  log: Log,
  lock: (reason: LockReason) => void,
): IdleLock {
  const { identity, policies, systemAct } = workspace;
  const logged = (work: () => void) => {
    try {
      work();
    } catch (error) {
      log.bug('identity.idle', error);
    }
  };
  const idleLock = new IdleLock({
    sessions: identity.sessions,
    rules: () => policies.current.session,
    isWorking: () => workspace.isWorking(),
    endSession: ({ id, personId }) => {
      const details = { session: id };
      logged(() => systemAct('identity.idle-sign-out').commit({ subject: personId, details }, () => undefined));
      identity.sessions.end(id);
    },
    lock: (reason) => logged(() => lock(reason)),
  });
  idleLock.start();
  return idleLock;
}
