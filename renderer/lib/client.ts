import { type ClientContext, type ClientLink, createORPCClient } from '@orpc/client';
import type { ContractRouterClient } from '@orpc/contract';
import type { Contract } from '../../electron/core/contract/index.ts';
import { currentTransport, workspaceOpen } from './connection.ts';
import { ConnectionLost, SignedOut } from './errors.ts';
import type { Transport } from './transport.ts';

export type Client = ContractRouterClient<Contract>;
type Link = ClientLink<ClientContext>;

/** Sends over the channel that is open now. A call whose channel dies fails as `ConnectionLost`, never as a cancellation. */
const directLink: Link = {
  call: async (path, input, options) => {
    const transport = await currentTransport(options.signal);
    try {
      const output = await untilEnd(transport.link.call(path, input, options), transport);
      return isStream(output) ? guard(output, transport) : output;
    } catch (error) {
      throw asLost(error, transport);
    }
  },
};

const workspaceLink: Link = {
  call: async (path, input, options) => {
    if (!(await workspaceOpen(options.signal))) throw new SignedOut('Nobody is signed in.');
    return directLink.call(path, input, options);
  },
};

/** For calls that need no session: `vault`, `identity.resume`, `system`. */
export const publicClient: Client = createORPCClient(directLink);

/** Every call of the workspace. While core restarts, calls wait for the session to be taken up again. */
export const client: Client = createORPCClient(workspaceLink);

function isStream(value: unknown): value is AsyncIterableIterator<unknown> {
  return typeof value === 'object' && value !== null && Symbol.asyncIterator in value;
}

async function* guard(stream: AsyncIterableIterator<unknown>, transport: Transport): AsyncGenerator {
  try {
    yield* stream;
  } catch (error) {
    throw asLost(error, transport);
  }
}

/** The answer, or a failure as soon as the channel ends: a port swallows what is sent after that. */
function untilEnd<T>(answer: Promise<T>, { ended }: Transport): Promise<T> {
  return new Promise((resolve, reject) => {
    const onEnd = (): void => reject(connectionLost());
    if (ended.aborted) onEnd();
    ended.addEventListener('abort', onEnd);
    void answer.then(resolve, reject).finally(() => ended.removeEventListener('abort', onEnd));
  });
}

/** What fails on a channel that has ended failed because of that. */
function asLost(error: unknown, transport: Transport): unknown {
  return transport.ended.aborted ? connectionLost() : error;
}

function connectionLost(): ConnectionLost {
  return new ConnectionLost('The connection to Redoubt was lost.');
}
