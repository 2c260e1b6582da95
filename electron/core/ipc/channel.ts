/** A duplex message channel between two processes. Messages are structured-clone values (Uint8Array included). */
export interface Channel {
  post(message: unknown): void;
  /** Registers the one receiver. */
  onMessage(listener: (message: unknown) => void): void;
  /** Called once when the other end is gone. */
  onClose(listener: (reason: string) => void): void;
}
