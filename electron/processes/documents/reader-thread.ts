import { MessageChannel, Worker } from 'node:worker_threads';
import { callOver, serveCalls, type Caller } from '../../core/ipc/calls.ts';
import type { Channel } from '../../core/ipc/channel.ts';
import type { GrayImage } from './image/gray.ts';
import type { OcrResult } from './ocr/layout.ts';
import { portChannel } from './port-channel.ts';
import { siblingScript } from './sibling-script.ts';
import type { OcrProtocol, ThreadProtocol } from './thread.protocol.ts';

export type Recognize = (image: GrayImage, signal: AbortSignal) => Promise<OcrResult>;

/** A thread that parses files, and the engine calls it makes back. */
export class ReaderThread {
  readonly calls: Caller<ThreadProtocol>;
  /** Why the thread ended, or null while it lives. */
  ended: 'exit' | 'out-of-memory' | null = null;
  /** Pages of this thread's file that wait for OCR. */
  waitingForOcr = 0;
  onActivity: () => void = () => undefined;
  readonly #worker: Worker;

  constructor(recognize: Recognize, heapMiB: number) {
    const { port1, port2 } = new MessageChannel();
    this.#worker = new Worker(siblingScript(import.meta.url, 'thread'), {
      workerData: { ocr: port2 },
      transferList: [port2],
      resourceLimits: { maxOldGenerationSizeMb: heapMiB },
    });
    this.#worker.on('error', (error: NodeJS.ErrnoException) => {
      this.ended = error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? 'out-of-memory' : 'exit';
      if (this.ended === 'exit') console.error('a reader thread failed:', error);
    });
    this.calls = callOver<ThreadProtocol>(this.#channel());
    serveCalls<OcrProtocol>(
      portChannel(port1),
      {
        recognize: async ({ image }, { signal }) => {
          this.waitingForOcr += 1;
          try {
            return await recognize(image, signal);
          } finally {
            this.waitingForOcr -= 1;
            this.onActivity();
          }
        },
      },
      (error) => console.error('bug in recognize:', error),
    );
  }

  excused(): boolean {
    return this.waitingForOcr > 0;
  }

  async cpuTime(): Promise<number> {
    const { user, system } = await this.#worker.cpuUsage();
    return (user + system) / 1000;
  }

  /** Ends the thread at once, whatever it does. */
  async stop(): Promise<void> {
    await this.#worker.terminate();
  }

  #channel(): Channel {
    return {
      post: (message) => this.#worker.postMessage(message),
      onMessage: (listener) => void this.#worker.on('message', (message) => (this.onActivity(), listener(message))),
      onClose: (listener) =>
        void this.#worker.on('exit', () => {
          this.ended ??= 'exit';
          listener('the reader thread ended');
        }),
    };
  }
}
