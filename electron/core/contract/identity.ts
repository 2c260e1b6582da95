import { z } from 'zod';
import { command, id, permissions, query, timestamp } from './base.ts';
import { displayName, password, userName } from './names.ts';

/**
 * `owner` may do everything and exists in a personal vault only. In a separated one the three administrators
 * exclude each other and see no content of cases.
 */
export const role = z.enum([
  'owner',
  'analyst',
  'model-steward',
  'viewer',
  'system-administrator',
  'security-administrator',
  'audit-administrator',
]);
export type Role = z.infer<typeof role>;

export const person = z.object({
  id,
  userName: z.string(),
  displayName: z.string(),
  role,
  status: z.enum(['active', 'disabled']),
  /** `directory`: the directory server checks the password at sign-in. */
  source: z.enum(['local', 'directory']),
  createdAt: timestamp,
  lastSignInAt: timestamp.nullable(),
  passwordChangedAt: timestamp,
  /** Nothing but a new password is possible until it was changed; also where the policy says that it is too old. */
  mustChangePassword: z.boolean(),
  /** Until when too many wrong passwords keep this person out. */
  lockedUntil: timestamp.nullable(),
  /** The second factor that this person's key slot asks for. */
  secondFactor: z.enum(['token', 'certificate']).nullable(),
});
export type Person = z.infer<typeof person>;

export const session = z.object({
  id,
  /** Shown to this connection only; `resume` takes it after a reconnect. */
  token: z.string(),
  person,
  permissions: z.array(z.enum(permissions)),
  startedAt: timestamp,
  /** Minutes without activity until this session ends. */
  idleMinutes: z.number(),
});
export type Session = z.infer<typeof session>;

/** A session as an administrator, or its own person, sees it: without its token. */
export const sessionInfo = z.object({
  id,
  personId: id,
  userName: z.string(),
  displayName: z.string(),
  host: z.enum(['desktop', 'local', 'cli']),
  startedAt: timestamp,
  lastActivityAt: timestamp,
  /** True for the session that asks. */
  current: z.boolean(),
});
export type SessionInfo = z.infer<typeof sessionInfo>;

/** One procedure of the contract and which roles may call it. */
export const roleMatrix = z.object({
  roles: z.array(role),
  rows: z.array(
    z.object({
      call: z.string(),
      permission: z.string(),
      /** The audit action of a command, null for a query. */
      action: z.string().nullable(),
      allowed: z.array(role),
    }),
  ),
});
export type RoleMatrix = z.infer<typeof roleMatrix>;

/** Sign-in through a directory server (LDAP, Active Directory) over TLS whose certificate is always verified. */
export const directorySettings = z.object({
  enabled: z.boolean(),
  /** `ldaps://host:port`, or `ldap://host:port` with StartTLS. */
  url: z.string().max(500),
  /** PEM of the certificate authority that must have signed the server's certificate. */
  caCertificate: z.string().max(20_000),
  /** Where people are searched. */
  baseDn: z.string().max(500),
  /** `{user}` stands for the user name, escaped; for example `(uid={user})` or `(sAMAccountName={user})`. */
  userFilter: z.string().max(500),
  /** Empty: anonymous search. Its password is kept in the vault and never shown. */
  bindDn: z.string().max(500),
  hasBindPassword: z.boolean(),
});
export type DirectorySettings = z.infer<typeof directorySettings>;

const exportedFiles = z.object({ files: z.array(z.object({ name: z.string(), base64: z.string() })) });
const newPerson = z.object({ userName, displayName, password });

export const identityContract = {
  /** The session of this connection, or null. */
  current: query('public').output(session.nullable()),
  /** Takes up a session again on a new connection (after a reload). Fails with `identity/session-ended`. */
  resume: query('public')
    .input(z.object({ token: z.string().max(128) }))
    .output(session),
  signOut: command('signed-in', 'identity.sign-out').output(z.object({ signedOut: z.literal(true) })),
  /** The person moved the mouse or typed: the idle lock waits from now. */
  activity: query('signed-in').output(z.object({ idleAt: timestamp })),
  changePassword: command('signed-in', 'identity.change-password')
    .input(
      z.object({
        currentPassword: z.string().max(1024),
        newPassword: password,
        /** Of the token, or the key file, where the person's key slot asks for it too. */
        pin: z.string().max(256).optional(),
        certificate: z.object({ keyPem: z.string().max(20_000), passphrase: z.string().max(1024).optional() }).optional(),
      }),
    )
    .output(person),
  listPeople: query('people.read').output(z.array(person)),
  /** `mustChangePassword`: the person chooses a password of their own at the first sign-in. Administrators are appointed by `setRole`. */
  createPerson: command('people.manage', 'identity.create-person')
    .input(newPerson.extend({ role, mustChangePassword: z.boolean().default(false) }))
    .output(person),
  setPersonStatus: command('people.manage', 'identity.set-person-status')
    .input(z.object({ id, status: z.enum(['active', 'disabled']) }))
    .output(person),
  /** Gives a new password that must be changed at the next sign-in. */
  resetPassword: command('people.manage', 'identity.reset-password', { approval: 'key-operation' })
    .input(z.object({ id, password }))
    .output(person),
  /** Lifts a lock-out. */
  unlockPerson: command('people.manage', 'identity.unlock-person').input(z.object({ id })).output(person),
  setRole: command('people.assign-roles', 'identity.set-role', { approval: 'role-change' }).input(z.object({ id, role })).output(person),
  /** Turns a personal vault into a separated one (三员分立): appoints the three administrators; every owner becomes `ownRole`. Cannot be undone. */
  separateDuties: command('policies.manage', 'identity.separate-duties', { approval: 'role-change' })
    .input(z.object({ system: newPerson, security: newPerson, audit: newPerson, ownRole: z.enum(['analyst', 'model-steward', 'viewer']) }))
    .output(z.array(person)),
  roleMatrix: query('people.read').output(roleMatrix),
  /** The sessions of everybody. */
  listSessions: query('sessions.manage').output(z.array(sessionInfo)),
  ownSessions: query('signed-in').output(z.array(sessionInfo)),
  endSession: command('sessions.manage', 'identity.end-session')
    .input(z.object({ id }))
    .output(z.object({ ended: z.literal(true) })),
  endOwnSession: command('signed-in', 'identity.end-session')
    .input(z.object({ id }))
    .output(z.object({ ended: z.literal(true) })),
  /**
   * Everything the vault holds about a person's account: profile, sessions, acts, cases, documents, conversations, runs, as
   * JSON files. Names, titles and texts only of cases that who asks may read, and never of the conversations of others.
   */
  exportPerson: command('people.manage', 'identity.export-person', { approval: 'export' }).input(z.object({ id })).output(exportedFiles),
  /** The same about oneself, with the content of the cases that one is in. */
  exportOwn: command('signed-in', 'identity.export-person', { approval: 'export' }).output(exportedFiles),
  directory: query('policies.read').output(directorySettings),
  /** Whoever names the server decides who its people are: it can sign in as each of them. */
  setDirectory: command('policies.manage', 'identity.set-directory', { approval: 'key-operation' })
    .input(directorySettings.omit({ hasBindPassword: true }).extend({ bindPassword: z.string().max(1024).optional() }))
    .output(directorySettings),
  /** Connects, verifies the certificate and looks the person up; with a password it signs in too, which counts as a try of theirs. */
  testDirectory: command('policies.manage', 'identity.test-directory')
    .input(z.object({ userName, password: z.string().max(1024).optional() }))
    .output(z.object({ found: z.boolean(), dn: z.string().nullable(), signedIn: z.boolean().nullable() })),
  /** Admits a person of the directory; the password is checked there at each sign-in. */
  admitDirectoryPerson: command('people.manage', 'identity.admit-directory-person')
    .input(z.object({ userName, displayName, role, password: z.string().max(1024) }))
    .output(person),
};
