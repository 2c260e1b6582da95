import { os } from '../rpc/implementer.ts';

export const runsHandlers = {
  list: os.runs.list.handler(({ input, context }) => context.workspace.runs.list({ ...input, caseIds: context.scope.cases(input.caseId) })),
  get: os.runs.get.handler(({ input, context }) => context.workspace.runs.get(input.id)),
  item: os.runs.item.handler(({ input, context }) => context.workspace.runs.item(input.runId, input.index)),
  step: os.runs.step.handler(({ input, context }) => context.workspace.runs.step(input.runId, input.item, input.nodeId)),
  start: os.runs.start.handler(({ input, context }) => context.workspace.runs.start(context.act, input)),
  cancel: os.runs.cancel.handler(({ input, context }) => context.workspace.runs.cancel(context.act, input.id)),
  resume: os.runs.resume.handler(({ input, context }) => context.workspace.runs.resume(context.act, input.id)),
  watch: os.runs.watch.handler(async function* ({ input, context, signal }) {
    const { caseId: only } = input;
    const sees = (caseId: string) => (only === undefined || caseId === only) && context.scope.can('read', caseId);
    yield* context.workspace.runs.watch(input.runId, sees, signal);
  }),
};
