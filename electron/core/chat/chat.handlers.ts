import { os } from '../rpc/implementer.ts';

export const chatHandlers = {
  list: os.chat.list.handler(({ input, context }) => context.workspace.chat.list(context.person.id, context.scope.cases(input.caseId))),
  get: os.chat.get.handler(({ input, context }) => context.workspace.chat.get(context.person.id, input.id)),
  create: os.chat.create.handler(({ input, context }) =>
    context.workspace.chat.create(context.act, context.person.id, context.scope.target(input.caseId), input.title),
  ),
  rename: os.chat.rename.handler(({ input, context }) =>
    context.workspace.chat.rename(context.act, context.person.id, input.id, input.title),
  ),
  remove: os.chat.remove.handler(async ({ input, context }) => {
    await context.workspace.chat.remove(context.act, context.person.id, input.id);
    return { removed: true as const };
  }),
  send: os.chat.send.handler(({ input, context, signal }) => context.workspace.chat.send(context.act, context.person.id, input, signal)),
  regenerate: os.chat.regenerate.handler(({ input, context, signal }) =>
    context.workspace.chat.regenerate(context.act, context.person.id, input.conversationId, input.modelId, signal),
  ),
};
