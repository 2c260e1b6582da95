import type { FromChild, ToChild } from '../core/supervision/messages.ts';

/** The host as a child process sees it, the same under `child_process.fork` and Electron's `utilityProcess`. */
export interface Parent {
  post(message: FromChild): void;
  /** `transferred` holds what came with the message: Electron message ports, or one socket under plain Node. */
  onMessage(listener: (message: ToChild, transferred: readonly unknown[]) => void): void;
}

type UtilityParentPort = {
  postMessage(message: unknown): void;
  on(event: 'message', listener: (event: { data: unknown; ports: readonly unknown[] }) => void): void;
};

/** Time to end in order after the parent is gone, ms; with a parent it is the supervisor who waits. */
const orphanTimeout = 5_000;

/**
 * Connects to the process that started this one. A vanished parent, and SIGTERM, end this process as `stop` does. The
 * terminal's signals reach the whole process group: what they mean is the parent's to decide.
 */
export function connectParent(): Parent {
  for (const signal of ['SIGINT', 'SIGHUP'] as const) process.on(signal, () => undefined);
  const port = (process as unknown as { parentPort?: UtilityParentPort }).parentPort;
  if (port) {
    return {
      post: (message) => port.postMessage(message),
      onMessage: (listener) => {
        port.on('message', ({ data, ports }) => listener(data as ToChild, ports));
        process.once('SIGTERM', () => listener({ type: 'stop' }, []));
      },
    };
  }
  const send = process.send?.bind(process);
  if (!send) throw new Error('This program is started by Redoubt and not by hand.');
  return {
    post: (message) => void send(message, undefined, {}, () => undefined),
    onMessage: (listener) => {
      process.on('message', (message, handle) => listener(message as ToChild, handle ? [handle] : []));
      process.once('SIGTERM', () => listener({ type: 'stop' }, []));
      process.on('disconnect', () => {
        setTimeout(() => process.exit(0), orphanTimeout);
        listener({ type: 'stop' }, []);
      });
    },
  };
}
