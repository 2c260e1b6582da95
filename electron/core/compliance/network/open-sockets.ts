import { readdirSync, readFileSync, readlinkSync } from 'node:fs';

export type Socket = { readonly address: string; readonly port: number };
export type OpenSockets = {
  readonly listening: readonly (Socket & { readonly loopback: boolean })[];
  /** The other end of each established connection that leaves the machine. */
  readonly connected: readonly Socket[];
};

/** TCP states in /proc/net/tcp. */
const established = '01';
const listen = '0A';

/**
 * The TCP sockets of these processes as the kernel lists them (Linux, proc(5)). Null where the system does not tell; a
 * process that has ended, or that belongs to somebody else, has none.
 */
export function openSockets(processIds: readonly number[]): OpenSockets | null {
  const tables = ['/proc/net/tcp', '/proc/net/tcp6'].map(readOrNull);
  if (process.platform !== 'linux' || tables.every((table) => table === null)) return null;
  const ours = new Set(processIds.flatMap(socketInodes));
  const rows = tables.flatMap((table) => (table ?? '').split('\n').slice(1)).flatMap((line) => parseRow(line, ours));
  return {
    listening: rows.filter(({ state }) => state === listen).map(({ local }) => ({ ...local, loopback: isLoopback(local.address) })),
    connected: rows.filter(({ state, remote }) => state === established && !isLoopback(remote.address)).map(({ remote }) => remote),
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

function socketInodes(pid: number): string[] {
  try {
    return readdirSync(`/proc/${pid}/fd`).flatMap((fd) => {
      try {
        const target = /^socket:\[(\d+)\]$/.exec(readlinkSync(`/proc/${pid}/fd/${fd}`));
        return target?.[1] === undefined ? [] : [target[1]];
      } catch {
        return [];
      }
    });
  } catch {
    return [];
  }
}

function readOrNull(file: string): string | null {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return null;
  }
}
