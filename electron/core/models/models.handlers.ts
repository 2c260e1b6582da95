import { os } from '../rpc/implementer.ts';

export const modelsHandlers = {
  list: os.models.list.handler(async ({ context }) => {
    await context.workspace.models.ready;
    return context.workspace.models.list();
  }),
  import: os.models.import.handler(async function* ({ input, context, signal }) {
    yield* context.workspace.models.import(context.act, input, context.files, signal);
  }),
  setDefault: os.models.setDefault.handler(({ input, context }) => context.workspace.models.setDefault(context.act, input.id)),
  remove: os.models.remove.handler(async ({ input, context }) => {
    await context.workspace.models.remove(context.act, input.id);
    return { removed: true as const };
  }),
  load: os.models.load.handler(({ input, context }) => context.workspace.models.load(context.act, input.id)),
  unload: os.models.unload.handler(({ input, context }) => context.workspace.models.unload(context.act, input.id)),
  watch: os.models.watch.handler(async function* ({ context, signal }) {
    yield* context.workspace.models.watch(signal ?? new AbortController().signal);
  }),
};
