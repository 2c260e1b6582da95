import { type ClientContext, type ClientLink, createORPCClient } from '@orpc/client';
import type { ContractRouterClient } from '@orpc/contract';
import type { Contract } from '../../electron/core/contract/index.ts';
import { currentTransport, workspaceOpen } from './connection.ts';
import { ConnectionLost, SignedOut } from './errors.ts';

export type Client = ContractRouterClient<Contract>;
type Link = ClientLink<ClientContext>;

/** Sends over the channel that is open now. A call whose channel dies fails as `ConnectionLost`, never as a cancellation. */
const directLink: Link = {
  call: async (path, input, options) => {
    const transport = await currentTransport(options.signal);
    let lost = false;
    void transport.closed.then(() => (lost = true));
    try {
      const output = await transport.link.call(path, input, options);
      return isStream(output) ? guard(output, () => lost) : output;
    } catch (error) {
      // The close event may come a moment after the failing call.
      await Promise.race([transport.closed, new Promise((resolve) => setTimeout(resolve))]);
      throw lost && options.signal?.aborted !== true ? new ConnectionLost('The connection to Redoubt was lost.') : error;
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

async function* guard(stream: AsyncIterableIterator<unknown>, isLost: () => boolean): AsyncGenerator {
  try {
    yield* stream;
  } catch (error) {
    throw isLost() ? new ConnectionLost('The connection to Redoubt was lost.') : error;
  }
}
