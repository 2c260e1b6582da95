import { os } from '../rpc/implementer.ts';

export const witnessHandlers = {
  list: os.witness.list.handler(({ context }) => context.workspace.witnesses.list()),
  add: os.witness.add.handler(({ input, context }) => context.workspace.witnesses.add(context.act, input)),
  cosign: os.witness.cosign.handler(({ input, context }) => context.workspace.witnesses.cosign(context.act, input)),
  request: os.witness.request.handler(({ input, context }) => context.workspace.witnesses.request(input)),
  accept: os.witness.accept.handler(({ input, context }) => context.workspace.witnesses.accept(context.act, input)),
  check: os.witness.check.handler(({ input, context }) => context.workspace.witnesses.check(context.act, input)),
  remove: os.witness.remove.handler(({ input, context }) => context.workspace.witnesses.remove(context.act, input)),
};
