import { setTimeout } from 'node:timers/promises';
import type { StartChild } from './child.ts';
import {
  childNames,
  type ChildName,
  type FromChild,
  type HostLockReason,
  type KeychainAnswer,
  type KeychainRequest,
  type ProcessState,
  type ToChild,
  type WorkerName,
} from './messages.ts';
import { Supervised, type SupervisorTimings } from './supervisor.ts';

const retryMs = 1_000;
const workers = ['inference', 'documents'] as const satisfies readonly WorkerName[];

/** Each end is handed to a child by `Child.post`. `discard` where that is not possible any more. */
export type ChannelEnds = { readonly ends: readonly [core: unknown, worker: unknown]; discard(): void };

export type ApplicationOptions = {
  readonly start: StartChild;
  /** Makes the two ends of a channel between two children; what they say to each other never passes this process. */
  readonly createChannel: () => Promise<ChannelEnds>;
  readonly timings?: Partial<SupervisorTimings>;
  /** A reply of core to one of its clients. */
  onClientMessage(clientId: string, data: string | Uint8Array): void;
  /** Core ended; its clients are gone with it. */
  onCoreDown(reason: string): void;
  onProcesses?(processes: readonly ProcessState[]): void;
  /** Answers from the operating system's keychain, where the host reaches it. */
  onKeychain?(request: KeychainRequest): KeychainAnswer;
};

/**
 * The three supervised processes as one application: gives core a channel to each of its workers, tells each
 * when the other is gone, and gives all three a fresh process after the vault was locked: none keeps a decrypted page.
 * This process itself, which lives on, never sees content.
 */
export class Application {
  readonly #children: Record<ChildName, Supervised>;
  readonly #options: ApplicationOptions;
  /** Null where the host is not told. */
  #onBattery: boolean | null = null;
  /** Counts the channels made, so that one that took long is not handed to successors. */
  readonly #links: Record<WorkerName, number> = { inference: 0, documents: 0 };

  constructor(options: ApplicationOptions) {
    this.#options = options;
    const supervise = (name: ChildName) =>
      new Supervised({
        name,
        start: options.start,
        ...(options.timings ? { timings: options.timings } : {}),
        onMessage: (message) => this.#receive(name, message),
        onReady: () => this.#ready(name),
        onDown: (reason) => this.#down(name, reason),
        onState: () => this.#publish(),
      });
    this.#children = { core: supervise('core'), inference: supervise('inference'), documents: supervise('documents') };
  }

  get processes(): readonly ProcessState[] {
    return [
      { name: 'main', state: 'ready', pid: process.pid, restarts: 0, lastExit: null },
      ...childNames.map((name) => this.#children[name].state),
    ];
  }

  /** Starts all three; resolves when core can take clients (the workers may still be starting). */
  async start(): Promise<void> {
    const rest = workers.map((name) => this.#children[name].start());
    for (const started of rest) started.catch(() => undefined);
    await this.#children.core.start();
  }

  coreReady(): Promise<void> {
    return this.#children.core.ready();
  }

  /** False when core is not there; the client is told through `onCoreDown`. */
  postToCore(message: ToChild, transfer?: readonly unknown[]): boolean {
    return this.#children.core.post(message, transfer);
  }

  /** Has core lock the vault; it then ends and starts again locked. */
  lock(reason: HostLockReason): void {
    this.#children.core.post({ type: 'lock', reason });
  }

  /** Tells core, and every core after it, whether the machine runs on battery. */
  notePower(onBattery: boolean): void {
    this.#onBattery = onBattery;
    this.#children.core.post({ type: 'power', onBattery });
  }

  /** Stops core first, so that it can finish its transaction, then the workers. */
  async stop(): Promise<void> {
    await this.#children.core.stop();
    await Promise.all(workers.map((name) => this.#children[name].stop()));
  }

  #receive(name: ChildName, message: FromChild): void {
    if (name !== 'core') return;
    if (message.type === 'client/message') this.#options.onClientMessage(message.clientId, message.data);
    else if (message.type === 'keychain/request') this.#answerKeychain(message);
    else if (message.type === 'locked') for (const child of childNames) this.#children[child].recycle();
  }

  #answerKeychain(request: KeychainRequest): void {
    const answer = this.#options.onKeychain?.(request);
    this.#children.core.post(answer ?? { type: 'keychain/answer', id: request.id, ok: false, secret: null });
  }

  #ready(name: ChildName): void {
    for (const worker of name === 'core' ? workers : [name]) void this.#connect(worker);
    if (name !== 'core') return;
    this.#publish();
    if (this.#onBattery !== null) this.notePower(this.#onBattery);
  }

  /** Gives core and a worker their channel as soon as both are there. */
  async #connect(worker: WorkerName): Promise<void> {
    const both = () => this.#children.core.state.state === 'ready' && this.#children[worker].state.state === 'ready';
    if (!both()) return;
    const link = ++this.#links[worker];
    const { ends, discard } = await this.#channel();
    if (link !== this.#links[worker] || !both()) return discard();
    this.#children[worker].post({ type: 'core/up' }, [ends[1]]);
    this.#children.core.post({ type: 'peer/up', peer: worker }, [ends[0]]);
  }

  /** A system that is out of handles for a moment must not leave core without its workers. */
  async #channel(): Promise<ChannelEnds> {
    for (;;) {
      try {
        return await this.#options.createChannel();
      } catch {
        await setTimeout(retryMs);
      }
    }
  }

  #down(name: ChildName, reason: string): void {
    for (const worker of name === 'core' ? workers : [name]) this.#links[worker] += 1;
    if (name === 'core') {
      for (const worker of workers) this.#children[worker].post({ type: 'core/down', reason });
      this.#options.onCoreDown(reason);
    } else {
      this.#children.core.post({ type: 'peer/down', peer: name, reason });
    }
  }

  #publish(): void {
    if (!this.#children) return;
    this.#options.onProcesses?.(this.processes);
    this.#children.core.post({ type: 'processes', processes: this.processes });
  }
}
