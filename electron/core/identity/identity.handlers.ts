import { os } from '../rpc/implementer.ts';
import { sessionEnded } from './sessions.ts';

export const identityHandlers = {
  current: os.identity.current.handler(({ context }) => {
    const { token } = context.connection;
    return token && context.core.workspace ? context.core.workspace.identity.sessions.find(token) : null;
  }),
  resume: os.identity.resume.handler(({ input, context }) => {
    const { workspace } = context.core;
    if (!workspace) throw sessionEnded();
    const session = workspace.identity.sessions.resume(input.token);
    context.connection.token = session.token;
    return session;
  }),
  signOut: os.identity.signOut.handler(({ context }) => {
    const { act, session, leave } = context;
    act.commit({ subject: session.person.id }, () => undefined);
    leave();
    return { signedOut: true as const };
  }),
  listPeople: os.identity.listPeople.handler(({ context }) => context.workspace.identity.list()),
  createPerson: os.identity.createPerson.handler(({ input, context }) => context.workspace.identity.create(context.act, input)),
  setPersonStatus: os.identity.setPersonStatus.handler(({ input, context }) =>
    context.workspace.identity.setStatus(context.act, input.id, input.status),
  ),
};
