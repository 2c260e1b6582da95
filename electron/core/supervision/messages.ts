/** Names of the supervised processes. */
export const childNames = ['core', 'inference', 'documents'] as const;
export type ChildName = (typeof childNames)[number];
export type WorkerName = Exclude<ChildName, 'core'>;

/** Which host started core, and what its clients may do. */
export type HostKind = 'desktop' | 'local' | 'cli';

/** What the host sends a child. `peer/*` reach core only, `client/*` too; `core/*` reach the workers. */
export type ToChild =
  | { type: 'ping' }
  | { type: 'stop' }
  /** The machine is suspended or its screen locked: core locks the vault and answers `locked`. */
  | { type: 'lock'; reason: 'suspend' | 'screen' }
  | { type: 'peer/up'; peer: WorkerName }
  | { type: 'peer/down'; peer: WorkerName; reason: string }
  | { type: 'peer/message'; peer: WorkerName; message: unknown }
  | { type: 'core/message'; message: unknown }
  | { type: 'core/down'; reason: string }
  | { type: 'processes'; processes: readonly ProcessState[] }
  | { type: 'client/open'; clientId: string; paths: boolean }
  | { type: 'client/message'; clientId: string; data: string | Uint8Array }
  | { type: 'client/close'; clientId: string };

/** What a child sends its host. */
export type FromChild =
  | { type: 'ready' }
  | { type: 'pong' }
  /** For up to so long it answers no heartbeat: work that cannot be interrupted, such as the check of a whole database. */
  | { type: 'busy'; ms: number }
  | { type: 'peer/message'; peer: WorkerName; message: unknown }
  | { type: 'core/message'; message: unknown }
  | { type: 'client/message'; clientId: string; data: string | Uint8Array }
  | { type: 'client/close'; clientId: string }
  /** Core asks to be ended because the vault was locked. */
  | { type: 'locked' };

export type ProcessState = {
  readonly name: ChildName | 'main';
  readonly state: 'starting' | 'ready' | 'restarting' | 'stopped';
  readonly pid: number | null;
  readonly restarts: number;
  readonly lastExit: string | null;
};
