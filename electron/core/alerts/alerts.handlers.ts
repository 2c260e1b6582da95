import { os } from '../rpc/implementer.ts';

export const alertsHandlers = {
  list: os.alerts.list.handler(({ input, context }) => context.workspace.alerts.list(input)),
  get: os.alerts.get.handler(({ input, context }) => context.workspace.alerts.get(input.id)),
  decide: os.alerts.decide.handler(({ input, context }) => context.workspace.alerts.decide(context.act, input)),
  rules: os.alerts.rules.handler(({ context }) => context.workspace.alerts.rules()),
  setRules: os.alerts.setRules.handler(({ input, context }) => context.workspace.alerts.setRules(context.act, input)),
};
