import type { Act } from '../audit/act.ts';
import type { Scope } from '../cases/scope.ts';
import type { Person, Session } from '../contract/identity.ts';
import type { Core } from '../core.ts';
import type { SourceFiles } from '../files/source-files.ts';
import type { Workspace } from '../workspace.ts';

/** One page, window or command that talks to core. */
export type Connection = {
  readonly id: string;
  /** May it name files of this machine by path? */
  readonly paths: boolean;
  /** Token of the session signed in on this connection. */
  token: string | null;
};

/** What every call starts with. */
export type CallContext = {
  readonly core: Core;
  readonly connection: Connection;
  /** Aborts the call's signal from within; null outside a call. */
  readonly stop: AbortController | null;
};

/** What the router adds before a handler runs. Handlers of public calls must not rely on more than `CallContext`. */
export type HandlerContext = CallContext & {
  readonly workspace: Workspace;
  readonly session: Session;
  readonly person: Person;
  /** For commands: acts as the signed-in person under the procedure's audit action. */
  readonly act: Act;
  /** Ends the session of this call, whose own reply still goes out. */
  readonly leave: () => void;
  /** The cases of the signed-in person, as they are at each moment. */
  readonly scope: Scope;
  /** The files this connection may name. */
  readonly files: SourceFiles;
};
