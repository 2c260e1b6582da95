import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { withDescendants } from './descendants.ts';

export type Socket = { readonly address: string; readonly port: number };
export type OpenSockets = {
  /** TCP sockets that listen and UDP sockets that are bound. */
  readonly listening: readonly (Socket & { readonly protocol: 'tcp' | 'udp'; readonly loopback: boolean })[];
  /** The other end of each connection that leaves the machine. */
  readonly connected: readonly Socket[];
  /** Processes that these started and that do not let themselves be looked into (a browser's sandbox). */
  readonly unread: number;
};

/** States in /proc/net: of TCP that it listens, of UDP that it is bound and waits for anybody. */
const waiting = { tcp: '0A', udp: '07' } as const;
/** Established, and asked for. */
const connecting: ReadonlySet<string> = new Set(['01', '02']);
const tables = [
  ['tcp', '/proc/net/tcp'],
  ['tcp', '/proc/net/tcp6'],
  ['udp', '/proc/net/udp'],
  ['udp', '/proc/net/udp6'],
] as const;

/**
 * The sockets of these processes and of all that they started, as the kernel lists them (Linux, proc(5)). Null where the
 * system does not tell, or does not of one of these processes; one that has ended has none.
 */
export function openSockets(processIds: readonly number[]): OpenSockets | null {
  if (process.platform !== 'linux' || readOrNull('/proc/net/tcp') === null) return null;
  const inodes = new Map(withDescendants(processIds).map((pid) => [pid, socketInodes(pid)]));
  if (processIds.some((pid) => inodes.get(pid) === null)) return null;
  const ours = new Set([...inodes.values()].flatMap((each) => each ?? []));
  const rows = tables.flatMap(([protocol, file]) =>
    (readOrNull(file) ?? '')
      .split('\n')
      .slice(1)
      .flatMap((line) => parseRow(line, ours))
      .map((row) => ({ protocol, ...row })),
  );
  return {
    listening: rows
      .filter(({ protocol, state }) => state === waiting[protocol])
      .map(({ protocol, local }) => ({ protocol, ...local, loopback: isLoopback(local.address) })),
    connected: rows.filter(({ state, remote }) => connecting.has(state) && !isLoopback(remote.address)).map(({ remote }) => remote),
    unread: [...inodes.values()].filter((each) => each === null).length,
  };
}

export function isLoopback(address: string): boolean {
  return address.startsWith('127.') || address === '::1' || address.startsWith('::ffff:127.');
}

function parseRow(line: string, ours: ReadonlySet<string>): { state: string; local: Socket; remote: Socket }[] {
  const [, local = '', remote = '', state = '', , , , , , inode = ''] = line.trim().split(/\s+/);
  return ours.has(inode) ? [{ state, local: parseSocket(local), remote: parseSocket(remote) }] : [];
}

/** `0100007F:1F90`: each 32-bit word of the address in the machine's byte order, which is little endian on all we run on. */
export function parseSocket(text: string): Socket {
  const [hex = '', port = ''] = text.split(':');
  const bytes = (hex.match(/.{8}/g) ?? []).flatMap((word) =>
    (word.match(/../g) ?? []).toReversed().map((byte) => Number.parseInt(byte, 16)),
  );
  return { address: bytes.length === 4 ? bytes.join('.') : ipv6(bytes), port: Number.parseInt(port, 16) };
}

function ipv6(bytes: readonly number[]): string {
  if (bytes.slice(0, 10).every((byte) => byte === 0) && bytes[10] === 255 && bytes[11] === 255)
    return `::ffff:${bytes.slice(12).join('.')}`;
  if (bytes.every((byte) => byte === 0)) return '::';
  if (bytes.slice(0, 15).every((byte) => byte === 0) && bytes[15] === 1) return '::1';
  const groups = Array.from({ length: 8 }, (_, index) => (((bytes[index * 2] ?? 0) << 8) | (bytes[index * 2 + 1] ?? 0)).toString(16));
  return groups.join(':');
}

/** Null where they are kept from us. */
function socketInodes(pid: number): string[] | null {
  try {
    return readdirSync(`/proc/${pid}/fd`).flatMap((fd) => {
      try {
        const target = /^socket:\[(\d+)\]$/.exec(readlinkSync(`/proc/${pid}/fd/${fd}`));
        return target?.[1] === undefined ? [] : [target[1]];
      } catch (error) {
        if (isRefused(error)) throw error;
        return [];
      }
    });
  } catch (error) {
    return isRefused(error) ? null : [];
  }
}

function isRefused(error: unknown): boolean {
  const { code } = error as NodeJS.ErrnoException;
  return code === 'EACCES' || code === 'EPERM';
}

function readOrNull(file: string): string | null {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return null;
  }
}
