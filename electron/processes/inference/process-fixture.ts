import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { EngineProtocol } from '../../core/inference/engine.protocol.ts';
import { WorkerLink } from '../../core/ipc/worker-link.ts';
import type { FromChild, ToChild } from '../../core/supervision/messages.ts';

const program = fileURLToPath(new URL('../inference.ts', import.meta.url));

/** A real inference process with core's end of the line to it, for tests and benchmarks; started anew after it ends. */
export class EngineProcess {
  readonly link: WorkerLink<EngineProtocol>;
  #child: ChildProcess | null = null;
  #closed = false;

  constructor() {
    this.link = new WorkerLink('inference', (message) => this.#child?.send({ type: 'core/message', message } satisfies ToChild));
    this.#start();
  }

  get pid(): number {
    return this.#child?.pid ?? 0;
  }

  kill(): void {
    this.#child?.kill('SIGKILL');
  }

  async close(): Promise<void> {
    this.#closed = true;
    const child = this.#child;
    if (!child || child.exitCode !== null) return;
    const exited = once(child, 'exit');
    child.send({ type: 'stop' } satisfies ToChild);
    await exited;
  }

  #start(): void {
    const child = fork(program, { serialization: 'advanced', stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
    this.#child = child;
    child.on('message', (message) => {
      const fromChild = message as FromChild;
      if (fromChild.type === 'ready') this.link.up();
      else if (fromChild.type === 'core/message') this.link.receive(fromChild.message);
    });
    child.on('exit', (code, signal) => {
      this.link.down(signal ?? `code ${code}`);
      if (!this.#closed) this.#start();
    });
  }
}
