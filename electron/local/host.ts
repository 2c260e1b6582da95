import { mkdtempSync, rmSync } from 'node:fs';
import type { Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { KdfCost } from '../core/vault/kdf.ts';
import { Application } from '../core/supervision/application.ts';
import type { ChildName, Handshake, HostKind, ProcessState } from '../core/supervision/messages.ts';
import { noCoreDump } from '../processes/no-core-dump.ts';
import { forkAdapter } from './fork-adapter.ts';
import { applicationFolder, applicationVersion } from './places.ts';
import { tokenModules } from './token-modules.ts';
import { socketPair } from './socket-pair.ts';

export type HostOptions = {
  readonly host: HostKind;
  /** The vault's folder; absent for a throw-away vault that ends with the host. */
  readonly vaultFolder?: string | undefined;
  /** Where the second mark of the vault's freshness lies; absent: nowhere. */
  readonly anchorFolder?: string | undefined;
  /** Cheaper password derivation, for tests only; never below the floor. */
  readonly kdfCost?: KdfCost | undefined;
  /** Further arguments to Node for core, for the fault harness only. */
  readonly coreExecArgv?: readonly string[] | undefined;
  onLog?(name: ChildName, line: string): void;
};

/** One client of core as the host sees it. */
export interface HostClient {
  send(data: string | Uint8Array): void;
  close(): void;
}

export type HostClientEvents = { onMessage(data: string | Uint8Array): void; onClose(reason: string): void };

/** The three processes under plain Node, and the clients that talk to core through them. */
export class Host {
  readonly application: Application;
  readonly vaultFolder: string;
  readonly ephemeral: boolean;
  readonly #clients = new Map<string, HostClientEvents>();
  #nextClient = 0;

  constructor(options: HostOptions) {
    noCoreDump();
    this.ephemeral = options.vaultFolder === undefined;
    this.vaultFolder = options.vaultFolder ?? mkdtempSync(join(tmpdir(), 'redoubt-'));
    const start = forkAdapter({
      core: {
        version: applicationVersion(),
        host: options.host,
        vaultFolder: this.vaultFolder,
        ephemeral: this.ephemeral,
        tokenModules: tokenModules(),
        resources: join(applicationFolder(), 'resources'),
        ...(options.anchorFolder && !this.ephemeral ? { anchorFolder: options.anchorFolder } : {}),
        ...(options.kdfCost ? { kdfCost: options.kdfCost } : {}),
      },
      coreExecArgv: options.coreExecArgv,
      onLog: options.onLog ?? ((name, line) => process.stderr.write(`${name}: ${line}\n`)),
    });
    this.application = new Application({
      start,
      createChannel: socketPair,
      onClientMessage: (id, data) => this.#clients.get(id)?.onMessage(data),
      onCoreDown: (reason) => this.#dropClients(reason),
    });
  }

  get processes(): readonly ProcessState[] {
    return this.application.processes;
  }

  start(): Promise<void> {
    return this.application.start();
  }

  /** Connects a client to the core that runs now. `paths`: may it name files of this machine by path? */
  connect(paths: boolean, events: HostClientEvents): HostClient {
    const clientId = `client-${++this.#nextClient}`;
    this.#clients.set(clientId, events);
    if (!this.application.postToCore({ type: 'client/open', clientId, paths })) {
      this.#clients.delete(clientId);
      queueMicrotask(() => events.onClose('core is not running'));
    }
    return {
      send: (data) => void this.application.postToCore({ type: 'client/message', clientId, data }),
      close: () => {
        if (this.#clients.delete(clientId)) this.application.postToCore({ type: 'client/close', clientId });
      },
    };
  }

  /**
   * Hands the connection of a page to core, which answers the WebSocket handshake and everything after it; nothing of it
   * passes this process again. False where core is not there; the connection is then still the caller's.
   */
  handOver(socket: Socket, handshake: Handshake): boolean {
    return this.application.postToCore({ type: 'client/socket', clientId: `page-${++this.#nextClient}`, handshake }, [socket]);
  }

  /** Has core close the connections of all pages. */
  closePages(): void {
    this.application.postToCore({ type: 'client/close-sockets' });
  }

  /** Ends all processes in order and removes a throw-away vault. */
  async stop(): Promise<void> {
    await this.application.stop();
    this.#dropClients('stopped');
    if (this.ephemeral) rmSync(this.vaultFolder, { recursive: true, force: true });
  }

  #dropClients(reason: string): void {
    const clients = [...this.#clients.values()];
    this.#clients.clear();
    for (const client of clients) client.onClose(reason);
  }
}
