import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { WebSocketServer, type WebSocket } from 'ws';
import { readPageFile } from '../core/page/files.ts';
import { pageHeaders } from '../core/page/headers.ts';
import { Access } from './access.ts';
import type { Host } from './host.ts';

/** Largest message of the page, bytes: an upload chunk in base64 and its envelope. */
const largestMessage = 4 * 1024 * 1024;

/** A page that leaves more than this unread is let go, bytes: it asks again when it is back. One answer may be larger. */
const largestBacklog = 128 * 1024 * 1024;

/** The page and its channel on loopback. */
export class LocalServer {
  readonly #host: Host;
  readonly #pageFolder: string;
  readonly #server: Server;
  readonly #sockets = new WebSocketServer({ noServer: true, maxPayload: largestMessage, perMessageDeflate: false });
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
    for (const socket of this.#sockets.clients) socket.terminate();
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
    try {
      await this.#host.application.coreReady();
    } catch {
      return void socket.end('HTTP/1.1 503 Service Unavailable\r\nconnection: close\r\n\r\n');
    }
    this.#sockets.handleUpgrade(request, socket, head, (webSocket) => {
      this.#access.spendLink(request);
      this.#relay(webSocket);
    });
  }

  #relay(socket: WebSocket): void {
    const client = this.#host.connect(false, {
      onMessage: (data) => {
        if (socket.bufferedAmount > largestBacklog) socket.terminate();
        else socket.send(data);
      },
      onClose: () => socket.close(4001, 'core ended'),
    });
    socket.on('message', (data, isBinary) => client.send(isBinary ? new Uint8Array(data as Buffer) : (data as Buffer).toString('utf8')));
    socket.on('close', () => client.close());
    socket.on('error', () => client.close());
  }
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
