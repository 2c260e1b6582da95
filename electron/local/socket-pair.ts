import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ChannelEnds } from '../core/supervision/application.ts';

/**
 * Two connected sockets to hand to two children: Unix sockets, made in a folder that only this user may enter; on Windows,
 * where those cannot be handed on, loopback TCP.
 */
export async function socketPair(): Promise<ChannelEnds> {
  const folder = process.platform === 'win32' ? null : mkdtempSync(join(tmpdir(), 'redoubt-'));
  const server = createServer({ pauseOnConnect: true });
  try {
    server.listen(folder ? { path: join(folder, 's') } : { host: '127.0.0.1', port: 0 });
    await once(server, 'listening');
    const own = connect(address(server) as never);
    own.pause();
    const other = await connectionOf(server, own);
    const ends = [own, other] as const;
    return { ends, discard: () => ends.forEach((end) => end.destroy()) };
  } finally {
    server.close();
    if (folder) rmSync(folder, { recursive: true, force: true });
  }
}

function address(server: Server): { path: string } | { host: string; port: number } {
  const found = server.address();
  if (typeof found === 'string') return { path: found };
  return { host: '127.0.0.1', port: found?.port ?? 0 };
}

/** The other end of `own`; who else came to the port is turned away. */
function connectionOf(server: Server, own: Socket): Promise<Socket> {
  return new Promise((resolve, reject) => {
    own.once('error', reject);
    server.on('connection', (candidate: Socket) => {
      const isOwn = () => candidate.remotePort === own.localPort;
      const decide = () => {
        if (!isOwn()) return void candidate.destroy();
        own.off('error', reject);
        // Node would keep a list of the server's sockets for each child they go to, and listen to that child's end for it.
        Object.assign(candidate, { server: null });
        resolve(candidate);
      };
      if (own.connecting) own.once('connect', decide);
      else decide();
    });
  });
}
