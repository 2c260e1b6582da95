import type { FromChild, ToChild } from '../core/supervision/messages.ts';

/** The host as a child process sees it, the same under `child_process.fork` and Electron's `utilityProcess`. */
export interface Parent {
  post(message: FromChild): void;
  /** `ports` holds transferred Electron message ports. */
  onMessage(listener: (message: ToChild, ports: readonly unknown[]) => void): void;
}

type UtilityParentPort = {
  postMessage(message: unknown): void;
  on(event: 'message', listener: (event: { data: unknown; ports: readonly unknown[] }) => void): void;
};

/** Connects to the process that started this one. A vanished parent ends this process. */
export function connectParent(): Parent {
  const port = (process as unknown as { parentPort?: UtilityParentPort }).parentPort;
  if (port) {
    return {
      post: (message) => port.postMessage(message),
      onMessage: (listener) => port.on('message', ({ data, ports }) => listener(data as ToChild, ports)),
    };
  }
  const send = process.send?.bind(process);
  if (!send) throw new Error('This program is started by Redoubt and not by hand.');
  process.on('disconnect', () => process.exit(0));
  return {
    post: (message) => void send(message, undefined, {}, () => undefined),
    onMessage: (listener) => process.on('message', (message) => listener(message as ToChild, [])),
  };
}
