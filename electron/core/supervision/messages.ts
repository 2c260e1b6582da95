/** Names of the supervised processes. */
export const childNames = ['core', 'inference', 'documents'] as const;
export type ChildName = (typeof childNames)[number];
export type WorkerName = Exclude<ChildName, 'core'>;

/** Which host started core, and what its clients may do. */
export type HostKind = 'desktop' | 'local' | 'cli';

/** The machine is suspended, its screen locked, or another user of it came to the front. */
export type HostLockReason = 'suspend' | 'screen' | 'user-switch';

/** What of an upgrade request the WebSocket handshake needs; cookies stay with the host. */
export type Handshake = { readonly method: string; readonly headers: Readonly<Record<string, string>> };

/**
 * What the host sends a child. `peer/*` reach core only, `client/*` too; `core/*` reach the workers. The two `up` carry
 * each one end of a channel of their own, `client/open` a page's port (Electron), `client/socket` a page's connection:
 * what goes over those never passes the host.
 */
export type ToChild =
  | { type: 'ping' }
  | { type: 'stop' }
  /** Core locks the vault and answers `locked`. */
  | { type: 'lock'; reason: HostLockReason }
  /** Whether the machine runs on battery, at the start and at every change; only from hosts that are told. */
  | { type: 'power'; onBattery: boolean }
  | { type: 'peer/up'; peer: WorkerName }
  | { type: 'peer/down'; peer: WorkerName; reason: string }
  | { type: 'core/up' }
  | { type: 'core/down'; reason: string }
  | { type: 'processes'; processes: readonly ProcessState[] }
  | { type: 'client/open'; clientId: string; paths: boolean }
  | { type: 'client/socket'; clientId: string; handshake: Handshake }
  /** The host serves pages no more. */
  | { type: 'client/close-sockets' }
  | { type: 'client/message'; clientId: string; data: string | Uint8Array }
  | { type: 'client/close'; clientId: string }
  | KeychainAnswer;

/** Core asks the desktop's main process for a secret in the operating system's keychain; `secret` is base64. */
export type KeychainRequest = {
  type: 'keychain/request';
  id: number;
  operation: 'set' | 'get' | 'remove';
  entry: string;
  secret: string | null;
};
export type KeychainAnswer = { type: 'keychain/answer'; id: number; ok: boolean; secret: string | null };

/** What a child sends its host. */
export type FromChild =
  | { type: 'ready' }
  | { type: 'pong' }
  /** For up to so long it answers no heartbeat: work that cannot be interrupted, such as the check of a whole database. */
  | { type: 'busy'; ms: number }
  | { type: 'client/message'; clientId: string; data: string | Uint8Array }
  | { type: 'client/close'; clientId: string }
  | KeychainRequest
  /** Core asks to be ended because the vault was locked. */
  | { type: 'locked' };

export type ProcessState = {
  readonly name: ChildName | 'main';
  readonly state: 'starting' | 'ready' | 'restarting' | 'stopped';
  readonly pid: number | null;
  readonly restarts: number;
  readonly lastExit: string | null;
};
