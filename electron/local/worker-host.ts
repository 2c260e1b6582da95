import type { Socket } from 'node:net';
import type { Protocol } from '../core/ipc/calls.ts';
import { socketChannel } from '../core/ipc/socket-channel.ts';
import { WorkerLink } from '../core/ipc/worker-link.ts';
import type { ChildName, WorkerName } from '../core/supervision/messages.ts';
import { Supervised } from '../core/supervision/supervisor.ts';
import { forkAdapter } from './fork-adapter.ts';
import { applicationFolder, applicationVersion } from './places.ts';
import { socketPair } from './socket-pair.ts';

/** One supervised worker without core or vault, for commands that need nothing else. */
export class WorkerHost<P extends Protocol> {
  readonly link: WorkerLink<P>;
  readonly #supervised: Supervised;

  constructor(name: WorkerName, onLog: (name: ChildName, line: string) => void = () => undefined) {
    const core = {
      version: applicationVersion(),
      host: 'cli' as const,
      vaultFolder: '',
      ephemeral: true,
      resources: `${applicationFolder()}/resources`,
    };
    this.#supervised = new Supervised({
      name,
      start: forkAdapter({ core, onLog }),
      onMessage: () => undefined,
      onReady: () => void this.#connect(),
      onDown: (reason) => this.link.down(reason),
      onState: () => undefined,
    });
    this.link = new WorkerLink<P>(name);
  }

  async #connect(): Promise<void> {
    const { ends, discard } = await socketPair();
    const [own, other] = ends as [Socket, Socket];
    if (!this.#supervised.post({ type: 'core/up' }, [other])) return discard();
    this.link.up(socketChannel(own));
  }

  start(): Promise<void> {
    return this.#supervised.start();
  }

  get pid(): number | null {
    return this.#supervised.state.pid;
  }

  stop(): Promise<void> {
    return this.#supervised.stop();
  }
}
