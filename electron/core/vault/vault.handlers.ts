import { AppError } from '../errors.ts';
import { os } from '../rpc/implementer.ts';
import type { Proof } from './slots/shared-slot.ts';

export const vaultHandlers = {
  status: os.vault.status.handler(({ context }) => context.core.status()),
  create: os.vault.create.handler(async ({ input, context }) => {
    const session = await context.core.create(input);
    context.connection.token = session.token;
    return session;
  }),
  unlock: os.vault.unlock.handler(async ({ input, context }) => {
    const session = await context.core.unlock(input);
    context.connection.token = session.token;
    return session;
  }),
  recover: os.vault.recover.handler(async ({ input, context }) => {
    const { userName, newPassword, acceptOlder } = input;
    const session = await context.core.recover({ userName, newPassword, acceptOlder, proof: proofOf(input) });
    context.connection.token = session.token;
    return session;
  }),
  lock: os.vault.lock.handler(({ context }) => {
    context.core.lock(context.act);
    return { locked: true as const };
  }),
  anchor: os.vault.anchor.handler(({ context }) => context.workspace.anchorState()),
  check: os.vault.check.handler(({ context, signal }) => context.workspace.checkVault(signal)),
  storage: os.vault.storage.handler(({ context }) => context.workspace.storageState()),
};

function proofOf({ code, shares }: { code?: string | undefined; shares?: string[] | undefined }): Proof {
  if (code !== undefined) return { code };
  if (shares !== undefined) return { shares };
  throw new AppError('request/invalid', 'Give the recovery code or the shares.');
}
