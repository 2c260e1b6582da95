import { RPCHandler } from '@orpc/server/message-port';
import type { Core } from '../core.ts';
import type { CallContext, Connection } from './context.ts';
import { openEnvelope } from './envelope.ts';
import { router } from './router.ts';

/** The least a port must offer; Electron's MessagePortMain and our relayed clients both do. */
export interface ClientPort {
  postMessage(message: unknown): void;
  on(event: 'message', listener: (event: { data: unknown }) => void): unknown;
  on(event: 'close', listener: () => void): unknown;
  start?(): void;
}

type Relayed = { receive(data: string | Uint8Array): void; close(): void };

/** The pages and commands that are connected to core. */
export class Clients {
  readonly #core: Core;
  readonly #handler = new RPCHandler<CallContext>(router, {
    // The guard must be able to end a call that is under way, so each has a signal of its own besides the client's.
    clientInterceptors: [
      (options) => {
        const stop = new AbortController();
        const signal = options.signal ? AbortSignal.any([options.signal, stop.signal]) : stop.signal;
        return options.next({ ...options, signal, context: { ...options.context, stop } });
      },
    ],
  });
  readonly #relayed = new Map<string, Relayed>();

  constructor(core: Core) {
    this.#core = core;
  }

  /** A client with a port of its own (Electron). */
  openPort(id: string, paths: boolean, port: ClientPort): void {
    const connection: Connection = { id, paths, token: null };
    this.#handler.upgrade(onlyCalls(port) as never, { context: { core: this.#core, connection, stop: null } });
    port.on('close', () => this.#core.uploads.dropOwner(id));
    port.start?.();
  }

  /** A client whose messages the host relays. */
  openRelayed(id: string, paths: boolean, post: (data: string | Uint8Array) => void): void {
    let onMessage: (event: { data: unknown }) => void = () => undefined;
    const onClose: (() => void)[] = [];
    const port = {
      postMessage: (message: unknown) => post(message as string | Uint8Array),
      on: (event: 'message' | 'close', listener: (event: { data: unknown }) => void) => {
        if (event === 'message') onMessage = listener;
        else onClose.push(listener as () => void);
      },
    } as ClientPort;
    this.openPort(id, paths, port);
    this.#relayed.set(id, { receive: (data) => onMessage({ data }), close: () => onClose.forEach((listener) => listener()) });
  }

  receive(id: string, data: string | Uint8Array): void {
    this.#relayed.get(id)?.receive(data);
  }

  close(id: string): void {
    this.#relayed.get(id)?.close();
    this.#relayed.delete(id);
  }
}

/** The port without the messages that are no calls. */
function onlyCalls(port: ClientPort): ClientPort {
  return {
    postMessage: (message) => port.postMessage(message),
    on: (event: 'message' | 'close', listener: (event: { data: unknown }) => void) => {
      if (event === 'close') return port.on('close', listener as () => void);
      return port.on('message', ({ data }) => {
        const envelope = openEnvelope(data);
        if (envelope) listener({ data: envelope });
      });
    },
  };
}
