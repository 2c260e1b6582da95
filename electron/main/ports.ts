import { randomUUID } from 'node:crypto';
import { portMessage } from '../core/contract/desktop-bridge.ts';
import type { Application } from '../core/supervision/application.ts';
import type { ContentsPart, ElectronParts } from './electron-parts.ts';

type Core = Pick<Application, 'coreReady' | 'postToCore'>;

/**
 * Gives each page its channel to core: one end of a fresh `MessageChannelMain` goes to core, the other to the page.
 * From then on main is not on the way. A page has one channel; asking again, leaving or crashing closes it.
 */
export class PortHandover {
  readonly #createChannel: ElectronParts['createChannel'];
  readonly #core: Core;
  readonly #clients = new Map<number, string>();
  readonly #waiting = new Set<number>();

  constructor(createChannel: ElectronParts['createChannel'], core: Core) {
    this.#createChannel = createChannel;
    this.#core = core;
  }

  /** Follows a page from its first load to its end. */
  watch(contents: ContentsPart): void {
    const close = () => this.close(contents.id);
    contents.on('did-start-navigation', ({ isMainFrame, isSameDocument }) => {
      if (isMainFrame && !isSameDocument) close();
    });
    contents.on('render-process-gone', close);
    contents.on('destroyed', close);
  }

  /** Waits for core and hands the page its end; does nothing when the page is gone or already waits. */
  async open(contents: ContentsPart): Promise<void> {
    if (this.#waiting.has(contents.id)) return;
    this.#waiting.add(contents.id);
    try {
      await this.#core.coreReady();
    } finally {
      this.#waiting.delete(contents.id);
    }
    if (contents.isDestroyed()) return;
    this.close(contents.id);
    const clientId = randomUUID();
    const { port1, port2 } = this.#createChannel();
    if (!this.#core.postToCore({ type: 'client/open', clientId, paths: true }, [port1])) return;
    this.#clients.set(contents.id, clientId);
    contents.postMessage(portMessage, null, [port2]);
  }

  /** Core ended: its clients went with it. */
  forgetAll(): void {
    this.#clients.clear();
  }

  close(contentsId: number): void {
    const clientId = this.#clients.get(contentsId);
    if (clientId === undefined) return;
    this.#clients.delete(contentsId);
    this.#core.postToCore({ type: 'client/close', clientId });
  }
}
