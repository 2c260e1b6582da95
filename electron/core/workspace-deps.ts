import type { Workers } from './core-options.ts';
import type { Log } from './log.ts';
import type { Lockout } from './identity/lockout/lockout.ts';
import type { OpenConnection } from './identity/directory/ask-directory.ts';
import type { Power } from './backup/power.ts';
import type { HostKind, ProcessState } from './supervision/messages.ts';
import type { OpenStorage } from './vault/open-vault.ts';
import type { Vault } from './vault/vault.ts';

/** What an open vault is given from outside. */
export type WorkspaceDeps = {
  readonly vaultId: string;
  readonly storage: OpenStorage;
  readonly workers: Workers;
  readonly log: Log;
  readonly host: HostKind;
  /** Of Redoubt. */
  readonly version: string;
  /** The folder `resources` of the application. */
  readonly resources: string;
  /** Where copied model files live. */
  readonly modelsFolder: string;
  readonly vault: Vault;
  readonly lockout: Lockout;
  readonly openConnection: OpenConnection | null;
  readonly power: Power;
  readonly processes: () => readonly ProcessState[];
  /** Nothing answers for up to so long, ms. */
  readonly busy: (ms: number) => void;
};
