/** A duplex message channel between two processes. Messages are structured-clone values (Uint8Array included). */
export interface Channel {
  post(message: unknown): void;
  /** Registers the one receiver. */
  onMessage(listener: (message: unknown) => void): void;
  /** Called once when the other end is gone. */
  onClose(listener: (reason: string) => void): void;
}

/** Two ends in one process, delivering asynchronously; for tests and for the command line. */
export function channelPair(): [Channel & { close(): void }, Channel & { close(): void }] {
  const make = () => {
    let message: ((value: unknown) => void) | null = null;
    let closed: ((reason: string) => void) | null = null;
    return {
      deliver: (value: unknown) => queueMicrotask(() => message?.(value)),
      drop: () => closed?.('closed'),
      onMessage: (listener: (value: unknown) => void) => void (message = listener),
      onClose: (listener: (reason: string) => void) => void (closed = listener),
    };
  };
  const a = make();
  const b = make();
  const close = () => (a.drop(), b.drop());
  return [
    { post: b.deliver, onMessage: a.onMessage, onClose: a.onClose, close },
    { post: a.deliver, onMessage: b.onMessage, onClose: b.onClose, close },
  ];
}
