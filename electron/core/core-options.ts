import type { ReaderProtocol } from './documents/reader.protocol.ts';
import type { OpenConnection } from './identity/directory/ask-directory.ts';
import type { EngineProtocol } from './inference/engine.protocol.ts';
import type { WorkerLink } from './ipc/worker-link.ts';
import type { HostKind } from './supervision/messages.ts';
import type { Keychain } from './vault/factors/keychain/keychain.ts';
import type { KdfCost } from './vault/kdf.ts';

export type Workers = { readonly inference: WorkerLink<EngineProtocol>; readonly documents: WorkerLink<ReaderProtocol> };

export type CoreOptions = {
  readonly version: string;
  readonly host: HostKind;
  readonly vaultFolder: string;
  readonly ephemeral: boolean;
  /** The folder `resources` of the application. */
  readonly resources: string;
  readonly kdfCost?: KdfCost;
  /** A folder outside the vault, for what tells that the whole vault folder was put back; absent for a throw-away vault. */
  readonly anchorFolder?: string;
  /** PKCS#11 libraries that may be loaded for security tokens. */
  readonly tokenModules?: readonly string[];
  /** Does the host answer for the operating system's keychain? */
  readonly keychain?: boolean;
};

/** What core asks of the process it runs in. */
export type CoreHost = {
  /** The vault was locked: the process must be stopped, which waits for `close`. */
  locked(): void;
  /** Nothing answers for up to so long, ms. */
  busy(ms: number): void;
  /** The operating system's keychain, where this host reaches it. */
  readonly keychain?: Keychain | undefined;
  /** The one way to the network, for the directory server that a vault names; absent where there is none. */
  readonly openConnection?: OpenConnection | undefined;
};
