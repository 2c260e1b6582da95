import type { IncomingMessage } from 'node:http';
import { Socket } from 'node:net';
import { WebSocketServer, type WebSocket } from 'ws';
import type { Handshake } from '../supervision/messages.ts';
import type { ClientPort, Clients } from './clients.ts';

/** Largest message of a page, bytes: an upload chunk in base64 and its envelope. */
const largestMessage = 4 * 1024 * 1024;

/** A page that leaves more than this unread is let go, bytes: it asks again when it is back. One answer may be larger. */
const largestBacklog = 128 * 1024 * 1024;

/** Pages at a time; a browser with more has lost count of them. */
const mostPages = 64;

/**
 * The connections of pages that the local host has checked and handed over: core speaks WebSocket on them itself, so that
 * what a page and core say to each other is in no process that outlives a lock.
 */
export class PageSockets {
  readonly #clients: Clients;
  readonly #server = new WebSocketServer({ noServer: true, maxPayload: largestMessage, perMessageDeflate: false });

  constructor(clients: Clients) {
    this.#clients = clients;
  }

  /** Answers the handshake; a connection that broke on its way here is dropped. */
  accept(id: string, handshake: Handshake, socket: unknown): void {
    if (!(socket instanceof Socket)) return;
    socket.on('error', () => socket.destroy());
    if (this.#server.clients.size >= mostPages) return void socket.end('HTTP/1.1 503 Service Unavailable\r\nconnection: close\r\n\r\n');
    this.#server.handleUpgrade(handshake as unknown as IncomingMessage, socket, Buffer.alloc(0), (page) =>
      this.#clients.openPort(id, false, portOf(page)),
    );
  }

  /** Tells every page that its channel ends; what was sent before still arrives. */
  close(): void {
    for (const page of this.#server.clients) page.close(4001, 'core ended');
  }
}

function portOf(page: WebSocket): ClientPort {
  // It closes by itself after an error, and says why.
  page.on('error', () => undefined);
  return {
    postMessage: (message) => {
      if (page.bufferedAmount > largestBacklog) page.terminate();
      else page.send(message as string | Uint8Array);
    },
    on: (event: 'message' | 'close', listener: (event: { data: unknown }) => void) => {
      if (event === 'close') return page.on('close', listener as () => void);
      return page.on('message', (data, isBinary) =>
        listener({ data: isBinary ? new Uint8Array(data as Buffer) : (data as Buffer).toString('utf8') }),
      );
    },
  };
}
