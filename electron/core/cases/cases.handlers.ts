import type { HandlerContext } from '../rpc/context.ts';
import { os } from '../rpc/implementer.ts';
import type { Asker } from './cases.service.ts';

const asker = ({ scope, session }: HandlerContext): Asker => ({ scope, administers: session.permissions.includes('cases.administer') });

export const casesHandlers = {
  list: os.cases.list.handler(({ input, context }) => context.workspace.cases.list(asker(context), input.all)),
  get: os.cases.get.handler(({ input, context }) => context.workspace.cases.get(asker(context), input.id)),
  create: os.cases.create.handler(({ input, context }) => context.workspace.cases.create(context.act, asker(context), input)),
  update: os.cases.update.handler(({ input, context }) => context.workspace.cases.update(context.act, asker(context), input.id, input)),
  setRetention: os.cases.setRetention.handler(({ input, context }) =>
    context.workspace.cases.setRetention(context.act, asker(context), input.id, input.retentionDays),
  ),
  setState: os.cases.setState.handler(({ input, context }) =>
    context.workspace.cases.setState(context.act, asker(context), input.id, input.state),
  ),
  setMember: os.cases.setMember.handler(({ input, context }) =>
    context.workspace.cases.setMember(context.act, asker(context), input.id, input.personId, input.access),
  ),
  candidates: os.cases.candidates.handler(({ context }) => context.workspace.cases.candidates()),
  setLegalHold: os.cases.setLegalHold.handler(({ input, context }) =>
    context.workspace.cases.setLegalHold(context.act, asker(context), input.id, input.reason),
  ),
  liftLegalHold: os.cases.liftLegalHold.handler(({ input, context }) =>
    context.workspace.cases.setLegalHold(context.act, asker(context), input.id, null),
  ),
  remove: os.cases.remove.handler(({ input, context }) =>
    context.workspace.cases.remove(context.act, asker(context), input.id, input.name),
  ),
};
