import { os } from '../rpc/implementer.ts';
import { isWrongProof } from './identity-errors.ts';
import { roleMatrix } from './role-matrix.ts';
import { holdsPower } from './role-rules.ts';
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
  activity: os.identity.activity.handler(({ context }) => {
    const { session, workspace } = context;
    workspace.identity.sessions.touch(session.token);
    return { idleAt: Date.now() + session.idleMinutes * 60_000 };
  }),
  changePassword: os.identity.changePassword.handler(({ input, context }) => {
    const { currentPassword, newPassword, pin, certificate } = input;
    const proof = { password: currentPassword, ...(pin === undefined ? {} : { token: { pin } }), ...(certificate ? { certificate } : {}) };
    return context.workspace.accounts.changePassword(context.act, context.session, proof, newPassword);
  }),
  listPeople: os.identity.listPeople.handler(({ context }) => context.workspace.identity.list()),
  createPerson: os.identity.createPerson.handler(({ input, context }) => context.workspace.accounts.create(context.act, input)),
  setPersonStatus: os.identity.setPersonStatus.handler(({ input, context }) => {
    const { workspace, act, person } = context;
    // Who holds power is shut out, or let in again, by two only.
    const powerful = holdsPower(workspace.identity.byId(input.id).role);
    const ticket = powerful ? workspace.approvals.take({ call: 'identity.setPersonStatus', class: 'role-change', input, person }) : null;
    try {
      return workspace.accounts.setStatus(act, input.id, input.status, ticket);
    } finally {
      ticket?.release();
    }
  }),
  resetPassword: os.identity.resetPassword.handler(({ input, context }) =>
    context.workspace.accounts.resetPassword(context.act, input.id, input.password),
  ),
  unlockPerson: os.identity.unlockPerson.handler(({ input, context }) => context.workspace.accounts.unlock(context.act, input.id)),
  setRole: os.identity.setRole.handler(({ input, context }) => context.workspace.accounts.setRole(context.act, input.id, input.role)),
  separateDuties: os.identity.separateDuties.handler(({ input, context }) => context.workspace.accounts.separateDuties(context.act, input)),
  roleMatrix: os.identity.roleMatrix.handler(() => roleMatrix()),
  exportPerson: os.identity.exportPerson.handler(({ input, context }) =>
    context.workspace.personExport.export(context.act, input.id, context.scope),
  ),
  exportOwn: os.identity.exportOwn.handler(({ context }) =>
    context.workspace.personExport.export(context.act, context.person.id, context.scope),
  ),
  listSessions: os.identity.listSessions.handler(({ context }) => context.workspace.identity.sessionInfos(context.session.id)),
  ownSessions: os.identity.ownSessions.handler(({ context }) =>
    context.workspace.identity.sessionInfos(context.session.id, context.person.id),
  ),
  endSession: os.identity.endSession.handler(({ input, context }) => {
    const { workspace, act, session, leave } = context;
    const { personId } = workspace.identity.session(input.id);
    act.commit({ subject: personId, details: { session: input.id } }, () => undefined);
    if (input.id === session.id) leave();
    else workspace.identity.sessions.end(input.id);
    return { ended: true as const };
  }),
  endOwnSession: os.identity.endOwnSession.handler(({ input, context }) => {
    const { workspace, act, session, person, leave } = context;
    const { personId } = workspace.identity.session(input.id, person.id);
    act.commit({ subject: personId, details: { session: input.id } }, () => undefined);
    if (input.id === session.id) leave();
    else workspace.identity.sessions.end(input.id);
    return { ended: true as const };
  }),
  directory: os.identity.directory.handler(({ context }) => context.workspace.directory.settings),
  setDirectory: os.identity.setDirectory.handler(({ input, context }) => context.workspace.directory.set(context.act, input)),
  testDirectory: os.identity.testDirectory.handler(({ input, context }) =>
    context.workspace.directory.test(context.act, input, (work) => context.core.lockout.attempt(input.userName, isWrongProof, work)),
  ),
  admitDirectoryPerson: os.identity.admitDirectoryPerson.handler(async ({ input, context }) => {
    const { directory, accounts } = context.workspace;
    const { userName, password } = input;
    await context.core.lockout.attempt(userName, isWrongProof, () => directory.requireSignIn(userName, password));
    return accounts.create(context.act, { ...input, source: 'directory' });
  }),
};
