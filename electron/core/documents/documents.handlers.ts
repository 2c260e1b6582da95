import { os } from '../rpc/implementer.ts';

export const documentsHandlers = {
  list: os.documents.list.handler(({ input, context }) =>
    context.workspace.documents.list({ ...input, caseIds: context.scope.cases(input.caseId) }),
  ),
  get: os.documents.get.handler(({ input, context }) => context.workspace.documents.get(input.id)),
  page: os.documents.page.handler(({ input, context }) => context.workspace.documents.page(input.id, input.number)),
  pageImage: os.documents.pageImage.handler(({ input, context, signal }) =>
    context.workspace.documents.pageImage(input.id, input.number, input.maxSide, signal),
  ),
  findings: os.documents.findings.handler(({ input, context }) => context.workspace.documents.findings(input.id)),
  import: os.documents.import.handler(({ input, context, signal }) =>
    context.workspace.documents.import(context.act, context.scope.target(input.caseId), input.files, context.files, signal),
  ),
  importSamples: os.documents.importSamples.handler(({ input, context }) =>
    context.workspace.documents.importSamples(context.act, context.scope.target(input.caseId)),
  ),
  cancel: os.documents.cancel.handler(({ input, context }) => context.workspace.documents.cancel(context.act, input.ids)),
  retry: os.documents.retry.handler(({ input, context }) => context.workspace.documents.retry(context.act, input.ids)),
  remove: os.documents.remove.handler(({ input, context }) => context.workspace.documents.remove(context.act, input.ids)),
  watch: os.documents.watch.handler(async function* ({ context, signal }) {
    yield* context.workspace.documents.watch((caseId) => context.scope.can('read', caseId), signal);
  }),
};
