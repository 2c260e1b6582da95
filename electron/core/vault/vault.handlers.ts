import { os } from '../rpc/implementer.ts';

export const vaultHandlers = {
  status: os.vault.status.handler(({ context }) => context.core.status()),
  create: os.vault.create.handler(async ({ input, context }) => {
    const session = await context.core.create(input);
    context.connection.token = session.token;
    return session;
  }),
  unlock: os.vault.unlock.handler(async ({ input, context }) => {
    const session = await context.core.unlock({ ...input, password: input.password ?? '' });
    context.connection.token = session.token;
    return session;
  }),
  lock: os.vault.lock.handler(({ context }) => {
    context.core.lock(context.act);
    return { locked: true as const };
  }),
};
