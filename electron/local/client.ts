import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/message-port';
import type { ContractRouterClient } from '@orpc/contract';
import { ORPCError } from '@orpc/client';
import type { Contract } from '../core/contract/index.ts';
import { AppError, type ErrorCode, type ErrorDetails } from '../core/errors.ts';
import type { Host } from './host.ts';

export type Client = ContractRouterClient<Contract>;

/** A client of core inside the host's own process, over the same contract as the page. */
export function connectClient(host: Host): { client: Client; close(): void; closed: Promise<string> } {
  const onMessage: ((event: { data: unknown }) => void)[] = [];
  const onClose: (() => void)[] = [];
  let ended!: (reason: string) => void;
  const closed = new Promise<string>((resolve) => (ended = resolve));
  const connection = host.connect(true, {
    onMessage: (data) => onMessage.forEach((listener) => listener({ data })),
    onClose: (reason) => {
      onClose.forEach((listener) => listener());
      ended(reason);
    },
  });
  const port = {
    postMessage: (message: unknown) => connection.send(message as string | Uint8Array),
    on: (event: string, listener: (event: { data: unknown }) => void) => {
      if (event === 'message') onMessage.push(listener);
      else onClose.push(listener as () => void);
    },
  };
  const client = createORPCClient<Client>(new RPCLink({ port: port as never }));
  return { client, close: () => connection.close(), closed };
}

/** Turns what a call rejects with back into an AppError where it was one. */
export function asAppError(error: unknown): unknown {
  if (!(error instanceof ORPCError) || !error.code.includes('/')) return error;
  return new AppError(error.code as ErrorCode, error.message, (error.data ?? {}) as ErrorDetails, { cause: error });
}
