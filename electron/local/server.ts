import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { readPageFile } from '../core/page/files.ts';
import { pageHeaders } from '../core/page/headers.ts';
import type { Handshake } from '../core/supervision/messages.ts';
import { Access } from './access.ts';
import type { Host } from './host.ts';

/** The page on loopback. Who may open its channel is decided here; the channel itself is core's from then on. */
export class LocalServer {
  readonly #host: Host;
  readonly #pageFolder: string;
  readonly #server: Server;
  readonly #access = new Access();
  #authority = '';

  /** `pageFolder` holds the built page. */
  constructor(host: Host, pageFolder: string) {
    this.#host = host;
    this.#pageFolder = pageFolder;
    this.#server = createServer((request, response) => void this.#answer(request, response));
    this.#server.on('upgrade', (request, socket, head) => void this.#upgrade(request, socket, head));
  }

  /** Listens on 127.0.0.1 (a free port unless one is named). */
  async listen(port = 0): Promise<void> {
    await new Promise<void>((resolve, reject) => this.#server.once('error', reject).listen(port, '127.0.0.1', resolve));
    this.#authority = `127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
    this.#access.listenOn(this.#authority);
  }

  /** An address that opens the page once. */
  newLink(): string {
    return `http://${this.#authority}${this.#access.newLink()}`;
  }

  async close(): Promise<void> {
    this.#host.closePages();
    this.#server.closeAllConnections();
    await new Promise<void>((resolve) => this.#server.close(() => resolve()));
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = urlOf(request);
    if (!url) return refuse(response, 400, 'This is not an address.');
    if (!this.#access.isOwnHost(request)) return refuse(response, 421, 'This address is not served here.');
    if (request.method !== 'GET' && request.method !== 'HEAD') return refuse(response, 405, 'Only reading is possible here.');
    const token = url.searchParams.get('token');
    if (token !== null && url.pathname === '/') {
      const cookie = this.#access.exchange(token);
      if (cookie)
        return void response.writeHead(303, { ...pageHeaders, 'set-cookie': cookie, location: '/', 'cache-control': 'no-store' }).end();
    }
    if (!this.#access.isKnown(request)) return refuse(response, 403, linkExplanation);
    const file = await readPageFile(this.#pageFolder, url.pathname);
    if (!file) return refuse(response, 404, 'There is nothing at this address.');
    const cache = url.pathname.startsWith('/assets/') ? 'private, max-age=31536000, immutable' : 'no-store';
    response.writeHead(200, {
      ...pageHeaders,
      'content-type': file.contentType,
      'cache-control': cache,
      'content-length': file.bytes.length,
    });
    response.end(request.method === 'HEAD' ? undefined : file.bytes);
  }

  async #upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> {
    // Node takes its own listener away before an upgrade; without one a broken connection would end the host.
    socket.on('error', () => socket.destroy());
    const allowed =
      urlOf(request)?.pathname === '/rpc' &&
      this.#access.isOwnHost(request) &&
      this.#access.isOwnOrigin(request) &&
      this.#access.isKnown(request);
    if (!allowed) return void socket.end('HTTP/1.1 403 Forbidden\r\nconnection: close\r\n\r\n');
    // Nobody may speak before the handshake was answered; what came early would be lost on the way to core.
    const handshake = head.length === 0 ? handshakeOf(request) : null;
    if (!handshake) return void socket.end('HTTP/1.1 400 Bad Request\r\nconnection: close\r\n\r\n');
    socket.pause();
    try {
      await this.#host.application.coreReady();
    } catch {
      return void socket.end(unavailable);
    }
    if (socket.destroyed || socket.readableLength > 0) return void socket.destroy();
    if (!this.#host.handOver(socket as Socket, handshake)) return void socket.end(unavailable);
    this.#access.spendLink(request);
  }
}

const unavailable = 'HTTP/1.1 503 Service Unavailable\r\nconnection: close\r\n\r\n';

/** What core answers a WebSocket handshake with, or null where this is none (RFC 6455). */
function handshakeOf({ method, headers }: IncomingMessage): Handshake | null {
  const { upgrade, 'sec-websocket-key': key, 'sec-websocket-version': version } = headers;
  if (method !== 'GET' || upgrade?.toLowerCase() !== 'websocket' || version !== '13') return null;
  if (typeof key !== 'string' || !/^[+/0-9A-Za-z]{22}==$/.test(key)) return null;
  return { method, headers: { upgrade, 'sec-websocket-key': key, 'sec-websocket-version': version } };
}

const linkExplanation =
  'This page opens with the link that Redoubt printed when it started. A link works once. Press Enter in the terminal where Redoubt runs to get a new one.';

/** Null for what a client can send and no address is (`//`); it must not end the host. */
function urlOf(request: IncomingMessage): URL | null {
  return URL.parse(request.url ?? '/', 'http://local');
}

function refuse(response: ServerResponse, status: number, message: string): void {
  response
    .writeHead(status, { ...pageHeaders, 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' })
    .end(`${message}\n`);
}
