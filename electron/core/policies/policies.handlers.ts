import { os } from '../rpc/implementer.ts';
import { loosening } from './loosening.ts';

export const policiesHandlers = {
  get: os.policies.get.handler(({ context }) => context.workspace.policies.state),
  set: os.policies.set.handler(({ input, context }) => {
    const { workspace, act, person } = context;
    const given = loosening(workspace.policies.current, input);
    const ticket = given ? workspace.approvals.takeToGiveUp({ call: 'policies.set', class: given, input, person }) : null;
    try {
      return workspace.policies.set(act, input, ticket);
    } finally {
      ticket?.release();
    }
  }),
  setRetention: os.policies.setRetention.handler(({ input, context }) => context.workspace.policies.setRetention(context.act, input)),
};
