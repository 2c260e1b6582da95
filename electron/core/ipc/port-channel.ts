import type { Channel } from './channel.ts';

/** The least of Electron's MessagePortMain that a channel needs. */
export interface PortLike {
  postMessage(message: unknown): void;
  on(event: 'message', listener: (event: { data: unknown }) => void): unknown;
  on(event: 'close', listener: () => void): unknown;
  start(): void;
}

/** A channel over one end of a message channel. */
export function portChannel(port: PortLike): Channel {
  let receive: (message: unknown) => void = () => undefined;
  port.on('message', ({ data }) => receive(data));
  return {
    post: (message) => port.postMessage(message),
    onMessage: (listener) => {
      receive = listener;
      port.start();
    },
    onClose: (listener) => void port.on('close', () => listener('the channel closed')),
  };
}
