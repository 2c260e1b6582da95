import { Socket } from 'node:net';
import type { Channel } from '../core/ipc/channel.ts';
import { portChannel, type PortLike } from '../core/ipc/port-channel.ts';
import { socketChannel } from '../core/ipc/socket-channel.ts';

/** The channel over what the host handed to this process: a socket under plain Node, a message port under Electron. */
export function receivedChannel(end: unknown): Channel {
  return end instanceof Socket ? socketChannel(end) : portChannel(end as PortLike);
}
