import type { ChildName, FromChild, ToChild } from './messages.ts';

/** A started process as the supervisor sees it; `fork` and `utilityProcess` each have an adapter. */
export interface Child {
  readonly pid: number | undefined;
  /** `transfer` carries Electron message ports or, under plain Node, one socket; it is the child's from then on. */
  post(message: ToChild, transfer?: readonly unknown[]): void;
  onMessage(listener: (message: FromChild) => void): void;
  /** Called once, with what the system said (`code 0`, `signal SIGKILL`). */
  onExit(listener: (reason: string) => void): void;
  /** Ends the process at once. */
  kill(): void;
}

export type StartChild = (name: ChildName) => Child;
