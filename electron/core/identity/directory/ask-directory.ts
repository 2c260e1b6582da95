import { isIP, type Socket } from 'node:net';
import tls from 'node:tls';
import { Client, ResultCodeError } from 'ldapts';
import { AppError } from '../../errors.ts';
import { directoryError } from './directory-errors.ts';
import type { StoredDirectory } from './directory-settings.ts';
import { escapeFilterValue } from './escape-filter.ts';

/** The one way out of core: opens a connection to this address. */
export type OpenConnection = (host: string, port: number) => Socket;

/** `signedIn` null: no password was given to try. */
export type DirectoryAnswer = { readonly dn: string | null; readonly signedIn: boolean | null };

/** For the whole question, and for each step of it, ms. */
const deadlineMs = 15_000;
const stepMs = 5_000;
/** LDAP results of a bind that say "not with this password" and not "ask otherwise": RFC 4511, appendix A. */
const refusals: ReadonlySet<number> = new Set([19, 48, 49, 50, 53]);

/**
 * Looks a person up and, with a password, signs in as them. The server's certificate must be of the given authority
 * and for the given name before anything is sent; referrals are not followed.
 * @throws AppError `identity/directory-unreachable`, `identity/directory-untrusted`, `identity/directory-failed`, `identity/directory-bad-settings`
 */
export async function askDirectory(
  settings: StoredDirectory,
  open: OpenConnection,
  userName: string,
  password: string | null,
): Promise<DirectoryAnswer> {
  const { host, port, secure } = addressOf(settings);
  const sockets: Socket[] = [];
  const client = clientOf({ settings, host, port, secure, open, sockets });
  let late = false;
  const deadline = setTimeout(() => {
    late = true;
    for (const socket of sockets) socket.destroy(Object.assign(new Error('timeout'), { code: 'ETIMEDOUT' }));
  }, deadlineMs);
  try {
    if (!secure) await client.startTLS(tlsOptions(settings, host));
    if (settings.bindDn !== '') await client.bind(settings.bindDn, settings.bindPassword);
    const dn = await find(client, settings, userName);
    // An empty password is an anonymous bind, which every server accepts (RFC 4513, section 5.1.2).
    if (dn === null || password === null || password === '') return { dn, signedIn: password === null ? null : false };
    return { dn, signedIn: await canBind(client, dn, password) };
  } catch (error) {
    throw directoryError(late ? Object.assign(new Error('timeout'), { code: 'ETIMEDOUT' }) : error);
  } finally {
    clearTimeout(deadline);
    for (const socket of sockets) socket.destroy();
  }
}

/** @throws AppError `identity/directory-bad-settings` */
export function addressOf({ url, caCertificate, baseDn, userFilter }: StoredDirectory): { host: string; port: number; secure: boolean } {
  const bad = (setting: string) =>
    new AppError('identity/directory-bad-settings', 'A setting of the directory is missing or cannot be used. Nothing was changed.', {
      setting,
    });
  const found = /^(ldaps?):\/\/(\[[0-9A-Fa-f:.]+\]|[^/:[\]@?#\s]+)(?::(\d{1,5}))?\/?$/.exec(url);
  if (!found) throw bad('url');
  const [, scheme, name = '', port] = found;
  if (!/-----BEGIN CERTIFICATE-----[\s\S]+-----END CERTIFICATE-----/.test(caCertificate)) throw bad('caCertificate');
  if (baseDn.trim() === '') throw bad('baseDn');
  if (!userFilter.includes('{user}') || !/^\(.+\)$/s.test(userFilter)) throw bad('userFilter');
  const secure = scheme === 'ldaps';
  return { host: name.replace(/^\[|\]$/g, ''), port: port === undefined ? (secure ? 636 : 389) : Number(port), secure };
}

type Wanted = { settings: StoredDirectory; host: string; port: number; secure: boolean; open: OpenConnection; sockets: Socket[] };

/**
 * A client of one connection. The library would silently connect anew where the server hangs up; after StartTLS that
 * connection would be in the clear, so there is none.
 */
function clientOf({ settings, host, port, secure, open, sockets }: Wanted): Client {
  const connectOnce = (): Socket => {
    if (sockets.length > 0) throw new Error('the server hung up');
    const socket = open(host, port);
    socket.once('error', () => undefined);
    sockets.push(socket);
    return socket;
  };
  const upgrade = (socket: Socket): tls.TLSSocket => {
    const upgraded = tls.connect({ ...tlsOptions(settings, host), socket });
    sockets.push(upgraded);
    return upgraded;
  };
  return new Client({
    url: `${secure ? 'ldaps' : 'ldap'}://${isIP(host) === 6 ? `[${host}]` : host}:${port}`,
    timeout: stepMs,
    connectTimeout: stepMs,
    createConnection: connectOnce,
    createSecureConnection: ((options: tls.ConnectionOptions) => upgrade(secure ? connectOnce() : (options.socket as Socket))) as never,
  });
}

function tlsOptions({ caCertificate }: StoredDirectory, host: string): tls.ConnectionOptions {
  const servername = isIP(host) === 0 ? { servername: host } : {};
  return { ca: [caCertificate], rejectUnauthorized: true, minVersion: 'TLSv1.2', host, ...servername };
}

/** The one entry of that name; null for none, and for several. */
async function find(client: Client, { baseDn, userFilter }: StoredDirectory, userName: string): Promise<string | null> {
  const { searchEntries } = await client.search(baseDn, {
    scope: 'sub',
    derefAliases: 'never',
    filter: userFilter.replaceAll('{user}', () => escapeFilterValue(userName)),
    sizeLimit: 2,
    timeLimit: stepMs / 1000,
    attributes: ['1.1'],
  });
  const [entry, ...others] = searchEntries;
  return entry && others.length === 0 && entry.dn !== '' ? entry.dn : null;
}

async function canBind(client: Client, dn: string, password: string): Promise<boolean> {
  try {
    await client.bind(dn, password);
    return true;
  } catch (error) {
    if (error instanceof ResultCodeError && refusals.has(error.code)) return false;
    throw error;
  }
}
