import { os } from '../rpc/implementer.ts';

export const policiesHandlers = {
  get: os.policies.get.handler(({ context }) => context.workspace.policies.state),
  set: os.policies.set.handler(({ input, context }) => {
    const { workspace, act, person } = context;
    const given = workspace.policies.current.fourEyes.filter((each) => !input.fourEyes.includes(each));
    const ticket =
      given.length > 0 ? workspace.approvals.takeToGiveUp({ call: 'policies.set', class: given[0] ?? 'export', input, person }) : null;
    try {
      return workspace.policies.set(act, input, ticket);
    } finally {
      ticket?.release();
    }
  }),
  setRetention: os.policies.setRetention.handler(({ input, context }) => context.workspace.policies.setRetention(context.act, input)),
};
