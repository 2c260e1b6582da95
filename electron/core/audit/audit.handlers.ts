import { os } from '../rpc/implementer.ts';
import { proveEntry } from '../witness/prove-entry.ts';

export const auditHandlers = {
  list: os.audit.list.handler(({ input, context, signal }) => context.workspace.audit.search.inTurns(input, input, signal)),
  life: os.audit.life.handler(async ({ input, context }) => {
    const { search } = context.workspace.audit;
    await search.caughtUp();
    return search.life(input.id, input);
  }),
  modelCall: os.audit.modelCall.handler(({ input, context }) =>
    context.workspace.readModelCall.read(context.act, context.scope, input.sequence),
  ),
  siem: os.audit.siem.handler(({ context }) => context.workspace.siem.state()),
  setSiem: os.audit.setSiem.handler(({ input, context }) => context.workspace.siem.set(context.act, input)),
  exportNow: os.audit.exportNow.handler(({ context }) => context.workspace.siem.now(context.act)),
  exportTo: os.audit.exportTo.handler(async ({ input, context }) => ({ files: await context.workspace.siem.to(context.act, input) })),
  prove: os.audit.prove.handler(({ input, context }) => proveEntry(context.workspace.audit, context.workspace.witnesses, input.sequence)),
  verify: os.audit.verify.handler(({ context }) => context.workspace.verifyAudit()),
  state: os.audit.state.handler(({ context }) => context.workspace.auditState()),
  setHold: os.audit.setHold.handler(({ input, context }) => {
    context.workspace.pruner.setHold(context.act, input.reason);
    return context.workspace.auditState();
  }),
  liftHold: os.audit.liftHold.handler(({ context }) => {
    context.workspace.pruner.setHold(context.act, null);
    return context.workspace.auditState();
  }),
};
