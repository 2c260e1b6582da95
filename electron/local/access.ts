import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

const cookieName = 'redoubt';

/**
 * Who may talk to the local host: only a browser that came with a one-time link, by its cookie, under the exact
 * host name, and for the channel only from the page's own origin. A link is spent when a page it opened has
 * connected.
 */
export class Access {
  readonly #links = new Map<string, { cookies: Set<string> }>();
  readonly #cookies = new Set<string>();
  #authority = '';

  /** `authority` is the exact `host:port` the server listens on. */
  listenOn(authority: string): void {
    this.#authority = authority;
  }

  /** The path of a new one-time link. */
  newLink(): string {
    const token = randomBytes(24).toString('base64url');
    this.#links.set(digest(token), { cookies: new Set() });
    return `/?token=${token}`;
  }

  /** Refuses foreign host names: a page elsewhere that made its own name point here (DNS rebinding). */
  isOwnHost(request: IncomingMessage): boolean {
    return request.headers.host === this.#authority;
  }

  isOwnOrigin(request: IncomingMessage): boolean {
    return request.headers.origin === `http://${this.#authority}`;
  }

  /** Exchanges a link's token for a cookie header, or null for an unknown or spent one. */
  exchange(token: string): string | null {
    const link = this.#links.get(digest(token));
    if (!link) return null;
    const cookie = randomBytes(32).toString('base64url');
    link.cookies.add(digest(cookie));
    this.#cookies.add(digest(cookie));
    return `${cookieName}=${cookie}; HttpOnly; SameSite=Strict; Path=/`;
  }

  /** Is this the browser that came with a link? */
  isKnown(request: IncomingMessage): boolean {
    const cookie = cookieOf(request);
    return cookie !== null && [...this.#cookies].some((known) => equal(known, digest(cookie)));
  }

  /** The page has connected: the link it came with opens nothing any more, and whoever else came with it is out. */
  spendLink(request: IncomingMessage): void {
    const cookie = cookieOf(request);
    if (cookie === null) return;
    const own = digest(cookie);
    for (const [token, link] of this.#links) {
      if (!link.cookies.has(own)) continue;
      this.#links.delete(token);
      for (const other of link.cookies) if (other !== own) this.#cookies.delete(other);
    }
  }
}

function cookieOf(request: IncomingMessage): string | null {
  for (const part of (request.headers.cookie ?? '').split(';')) {
    const [name, value] = part.trim().split('=');
    if (name === cookieName && value) return value;
  }
  return null;
}

function digest(value: string): string {
  return createHash('sha256').update(value).digest('hex');
}

function equal(a: string, b: string): boolean {
  return timingSafeEqual(Buffer.from(a), Buffer.from(b));
}
