import type { Session } from '../../contract/identity.ts';
import { AppError } from '../../errors.ts';
import { os } from '../../rpc/implementer.ts';

export const signingHandlers = {
  verifier: os.signing.verifier.handler(({ context }) => context.workspace.signing.verifier()),
  state: os.signing.state.handler(({ context }) => context.workspace.signing.state(context.person.id)),
  unlockToken: os.signing.unlockToken.handler(({ input, context }) => {
    requireReports(context.session);
    return context.workspace.signing.unlockToken(context.act, input.pin);
  }),
  tokenKeys: os.signing.tokenKeys.handler(({ input, context }) =>
    context.workspace.signing.tokenKeys(context.act, input.serial, input.pin),
  ),
  useToken: os.signing.useToken.handler(({ input, context }) => context.workspace.signing.useToken(context.act, input)),
  useVaultKey: os.signing.useVaultKey.handler(({ context }) => context.workspace.signing.useVaultKey(context.act)),
  createRequest: os.signing.createRequest.handler(({ input, context }) => context.workspace.signing.createRequest(context.act, input)),
  importChain: os.signing.importChain.handler(({ input, context }) => context.workspace.signing.importChain(context.act, input.pem)),
  removeChain: os.signing.removeChain.handler(({ context }) => context.workspace.signing.removeChain(context.act)),
  setTimeStamp: os.signing.setTimeStamp.handler(({ input, context }) => context.workspace.signing.setTimeStamp(context.act, input.on)),
  setSm2: os.signing.setSm2.handler(({ input, context }) => context.workspace.signing.setSm2(context.act, input.on)),
};

/** A token locks itself after a few wrong PINs: who makes no reports has none to try. */
function requireReports({ permissions }: Pick<Session, 'permissions'>): void {
  if (permissions.includes('reports.create') || permissions.includes('attestations.make')) return;
  throw new AppError('identity/denied', 'Your role does not allow this. Ask an administrator.');
}
