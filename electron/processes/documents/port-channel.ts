import type { MessagePort } from 'node:worker_threads';
import type { Channel } from '../../core/ipc/channel.ts';

/** A message port between threads as a channel for typed calls. */
export function portChannel(port: MessagePort): Channel {
  return {
    post: (message) => port.postMessage(message),
    onMessage: (listener) => void port.on('message', listener),
    onClose: (listener) => void port.on('close', () => listener('the thread ended')),
  };
}
