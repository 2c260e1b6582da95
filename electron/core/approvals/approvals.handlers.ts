import { os } from '../rpc/implementer.ts';

export const approvalsHandlers = {
  list: os.approvals.list.handler(({ context }) => context.workspace.approvals.list(context.person)),
  decide: os.approvals.decide.handler(({ input, context }) => context.workspace.approvals.decide(context.act, context.person, input)),
  withdraw: os.approvals.withdraw.handler(({ input, context }) =>
    context.workspace.approvals.withdraw(context.act, context.person, input.id),
  ),
  watch: os.approvals.watch.handler(async function* ({ context, signal }) {
    yield* context.workspace.approvals.watch(context.person, signal);
  }),
};
