import { os } from '../rpc/implementer.ts';

export const flowsHandlers = {
  list: os.flows.list.handler(({ input, context }) => context.workspace.flows.list(context.scope.cases(input.caseId))),
  get: os.flows.get.handler(({ input, context }) => context.workspace.flows.get(input.id)),
  nodeTypes: os.flows.nodeTypes.handler(({ context }) => context.workspace.flows.nodeTypes()),
  validate: os.flows.validate.handler(({ input, context }) => context.workspace.flows.validate(input.document)),
  create: os.flows.create.handler(({ input, context }) =>
    context.workspace.flows.create(context.act, context.scope.target(input.caseId), input.document),
  ),
  save: os.flows.save.handler(({ input, context }) => context.workspace.flows.save(context.act, input.id, input.version, input.document)),
  remove: os.flows.remove.handler(({ input, context }) => {
    context.workspace.flows.remove(context.act, input.id);
    return { removed: true as const };
  }),
  importYaml: os.flows.importYaml.handler(({ input, context }) =>
    context.workspace.flows.importYaml(context.act, context.scope.target(input.caseId), input.yaml),
  ),
  exportYaml: os.flows.exportYaml.handler(({ input, context }) => context.workspace.flows.exportYaml(context.act, input.id)),
};
