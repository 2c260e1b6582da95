import { os } from '../rpc/implementer.ts';

export const policiesHandlers = {
  get: os.policies.get.handler(({ context }) => context.workspace.policies.state),
  set: os.policies.set.handler(({ input, context }) => context.workspace.policies.set(context.act, input)),
  setRetention: os.policies.setRetention.handler(({ input, context }) => context.workspace.policies.setRetention(context.act, input)),
};
