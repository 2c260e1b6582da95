import { os } from '../rpc/implementer.ts';

export const attestationsHandlers = {
  list: os.attestations.list.handler(({ context }) => context.workspace.attestations.list()),
  choices: os.attestations.choices.handler(({ context }) => context.workspace.attestations.choices()),
  create: os.attestations.create.handler(({ input, context }) => context.workspace.attestations.create(context.act, input)),
  export: os.attestations.export.handler(({ input, context }) => context.workspace.attestations.export(context.act, input)),
  verify: os.attestations.verify.handler(({ input, context }) => context.workspace.attestations.verify(input)),
};
