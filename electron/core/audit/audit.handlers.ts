import { os } from '../rpc/implementer.ts';

export const auditHandlers = {
  list: os.audit.list.handler(({ input, context }) => context.workspace.audit.list(input)),
  verify: os.audit.verify.handler(({ context }) => context.workspace.verifyAudit()),
};
