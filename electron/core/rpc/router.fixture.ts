import { fileURLToPath } from 'node:url';
import { createProcedureClient, ORPCError, Procedure, type AnyProcedure } from '@orpc/server';
import { Core } from '../core.ts';
import { WorkerLink } from '../ipc/worker-link.ts';
import { floorCost } from '../vault/kdf.ts';
import type { CallContext, HandlerContext } from './context.ts';
import { router } from './router.ts';

export const password = 'correct horse battery';

/** A vault in this process that is not made or not opened yet. */
export function closedCore(vaultFolder: string, bug: (where: string, error: unknown) => void = () => undefined): Core {
  const workers = { inference: new WorkerLink<never>('inference'), documents: new WorkerLink<never>('documents') };
  const resources = fileURLToPath(new URL('../../../resources', import.meta.url));
  const options = { version: '0', host: 'cli', vaultFolder, ephemeral: false, resources, kdfCost: floorCost } as const;
  return new Core(options, workers, { info: () => undefined, bug }, { locked: () => undefined, busy: () => undefined });
}

/** An open vault of `root` in this process; the caller closes it. */
export async function openCore(vaultFolder: string, bug?: (where: string, error: unknown) => void): Promise<Core> {
  const core = closedCore(vaultFolder, bug);
  await core.create({ userName: 'root', displayName: 'Root', password });
  return core;
}

type Handler = (options: { context: HandlerContext; signal?: AbortSignal }) => unknown;

/** A call as the real router serves it, guard and validation included, but for what it would do: `handler` does that. */
export function callWith(core: Core, path: string, token: string | null, handler: Handler): (input?: unknown) => Promise<unknown> {
  let found: unknown = router;
  for (const step of path.split('.')) found = (found as Record<string, unknown>)[step];
  if (!(found instanceof Procedure)) throw new Error(`${path} has no handler`);
  const { outputSchema: _outputSchema, ...definition } = found['~orpc'];
  const procedure: AnyProcedure = new Procedure({ ...definition, handler: handler as never });
  const context: CallContext = { core, connection: { id: 'c', paths: false, token }, stop: new AbortController() };
  return createProcedureClient(procedure, { context, path: path.split('.') }) as (input?: unknown) => Promise<unknown>;
}

/** `reached`: the guard let it through. An input that is not valid is refused after the guard. */
export async function outcome(core: Core, path: string, token: string | null): Promise<string> {
  const call = callWith(core, path, token, () => Promise.reject(new ORPCError('test/reached')));
  try {
    await call({});
    return 'answered';
  } catch (error) {
    const code = error instanceof ORPCError ? error.code : String(error);
    return code === 'test/reached' || code === 'request/invalid' ? 'reached' : code;
  }
}
