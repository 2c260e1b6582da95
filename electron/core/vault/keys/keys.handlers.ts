import { isWrongProof } from '../../identity/identity-errors.ts';
import type { HandlerContext } from '../../rpc/context.ts';
import { os } from '../../rpc/implementer.ts';

export const keysHandlers = {
  slots: os.keys.slots.handler(({ context }) => context.workspace.keys.slots()),
  beginRecovery: os.keys.beginRecovery.handler(({ context }) => context.workspace.keys.beginRecovery(context.act)),
  confirmRecovery: os.keys.confirmRecovery.handler(({ input, context }) => context.workspace.keys.confirm(context.act, 'recovery', input)),
  beginCustodians: os.keys.beginCustodians.handler(({ input, context }) =>
    context.workspace.keys.beginCustodians(context.act, input.threshold, input.names),
  ),
  confirmCustodians: os.keys.confirmCustodians.handler(({ input, context }) =>
    context.workspace.keys.confirm(context.act, 'custodians', input),
  ),
  tokens: os.keys.tokens.handler(({ context }) => context.workspace.keys.tokens()),
  setSecondFactor: os.keys.setSecondFactor.handler(({ input, context }) =>
    counted(context, () => context.workspace.keys.setSecondFactor(context.act, context.person, input, input.factor)),
  ),
  addToken: os.keys.addToken.handler(({ input, context }) =>
    counted(context, () => context.workspace.keys.addToken(context.act, context.person, input)),
  ),
  removeSlot: os.keys.removeSlot.handler(({ input, context }) => context.workspace.keys.removeSlot(context.act, input.id)),
};

/** A wrong password in a session counts like one at sign-in. */
function counted<T>({ core, person }: HandlerContext, work: () => Promise<T>): Promise<T> {
  return core.lockout.attempt(person.userName, isWrongProof, work);
}
