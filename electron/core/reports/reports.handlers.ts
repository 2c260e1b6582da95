import { os } from '../rpc/implementer.ts';

export const reportsHandlers = {
  list: os.reports.list.handler(({ input, context }) =>
    context.workspace.reports.list({ ...input, caseIds: context.scope.cases(input.caseId) }),
  ),
  create: os.reports.create.handler(({ input, context }) => context.workspace.reports.create(context.act, input)),
  export: os.reports.export.handler(({ input, context }) => context.workspace.reports.export(context.act, input)),
  verify: os.reports.verify.handler(({ input, context }) => context.workspace.reports.verify(input)),
};
