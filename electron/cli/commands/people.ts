import { role, type Person } from '../../core/contract/identity.ts';
import { AppError } from '../../core/errors.ts';
import { choosePerson } from '../choose-person.ts';
import { UsageError, type Command, type CommandContext } from '../command.ts';
import { askSecret } from '../password.ts';

const roles = role.options.join('|');

export const peopleList: Command = {
  area: 'people',
  verb: 'list',
  usage: '',
  summary: 'List the people of this vault with role and status.',
  positionals: [0, 0],
  run: ({ withVault }) =>
    withVault(async ({ client }) => {
      const people = await client.identity.listPeople();
      return { json: people, text: people.map(describe).join('\n') };
    }),
};

export const peopleCreate: Command = {
  area: 'people',
  verb: 'create',
  usage: `NAME [--role analyst|model-steward|viewer] [--display TEXT] [--keep-password]`,
  summary: 'Add a person. The first password (REDOUBT_NEW_PASSWORD, or asked for) must be changed at the first sign-in.',
  options: { role: { type: 'string' }, display: { type: 'string' }, 'keep-password': { type: 'boolean' } },
  positionals: [1, 1],
  run({ args, values, withVault }) {
    const wanted = roleOf(values['role'] ?? 'analyst');
    const userName = args[0] ?? '';
    const displayName = typeof values['display'] === 'string' ? values['display'] : userName;
    const mustChangePassword = values['keep-password'] !== true;
    return withVault(async ({ client }) => {
      const password = await newPassword();
      return shown(await client.identity.createPerson({ userName, displayName, role: wanted, password, mustChangePassword }), 'Added');
    });
  },
};

export const peopleDisable = statusCommand('disable', 'disabled', 'Keep a person out; every session of theirs ends at once.');
export const peopleEnable = statusCommand('enable', 'active', 'Let a disabled person in again.');

export const peopleSetRole: Command = {
  area: 'people',
  verb: 'set-role',
  usage: `NAME ${roles}`,
  summary: 'Give a person another role. It acts at once.',
  positionals: [2, 2],
  run({ args, withVault }) {
    const wanted = roleOf(args[1]);
    return withVault(async ({ client }) => {
      const { id } = await choosePerson(client, args[0]);
      return shown(await client.identity.setRole({ id, role: wanted }), 'Changed');
    });
  },
};

export const peopleResetPassword: Command = {
  area: 'people',
  verb: 'reset-password',
  usage: 'NAME',
  summary: 'Give a person a new password (REDOUBT_NEW_PASSWORD, or asked for) that must be changed at the next sign-in.',
  positionals: [1, 1],
  run: ({ args, withVault }) =>
    withVault(async ({ client }) => {
      const { id } = await choosePerson(client, args[0]);
      return shown(await client.identity.resetPassword({ id, password: await newPassword() }), 'New password for');
    }),
};

export const peopleUnlock: Command = {
  area: 'people',
  verb: 'unlock',
  usage: 'NAME',
  summary: 'Lift a lock-out after too many wrong passwords.',
  positionals: [1, 1],
  run: ({ args, withVault }) =>
    withVault(async ({ client }) => {
      const { id } = await choosePerson(client, args[0]);
      return shown(await client.identity.unlockPerson({ id }), 'Lifted for');
    }),
};

export const peopleSessions: Command = {
  area: 'people',
  verb: 'sessions',
  usage: '',
  summary: 'List who is signed in to the vault that this command opens.',
  positionals: [0, 0],
  run: ({ withVault }) =>
    withVault(async ({ client }) => {
      const sessions = await client.identity.listSessions();
      const line = ({ userName, host, startedAt, current }: (typeof sessions)[number]) =>
        `${userName}  ${host}  since ${new Date(startedAt).toISOString()}${current ? '  (this one)' : ''}`;
      return { json: sessions, text: sessions.map(line).join('\n') };
    }),
};

export const peopleMatrix: Command = {
  area: 'people',
  verb: 'matrix',
  usage: '',
  summary: 'Print which role may make which call.',
  positionals: [0, 0],
  run: ({ withVault }) =>
    withVault(async ({ client }) => {
      const { roles: all, rows } = await client.identity.roleMatrix();
      const text = rows.map(
        ({ call, permission, allowed }) => `${call}  (${permission})  ${allowed.length === all.length ? 'everybody' : allowed.join(', ')}`,
      );
      return { json: { roles: all, rows }, text: text.join('\n') };
    }),
};

function statusCommand(verb: string, status: Person['status'], summary: string): Command {
  return {
    area: 'people',
    verb,
    usage: 'NAME',
    summary,
    positionals: [1, 1],
    run: ({ args, withVault }: CommandContext) =>
      withVault(async ({ client }) => {
        const { id } = await choosePerson(client, args[0]);
        return shown(await client.identity.setPersonStatus({ id, status }), status === 'active' ? 'Enabled' : 'Disabled');
      }),
  };
}

function describe({ userName, displayName, role: held, status, source, mustChangePassword, lockedUntil, secondFactor }: Person): string {
  const marks = [
    held,
    status === 'disabled' ? 'disabled' : null,
    source === 'directory' ? 'of the directory' : null,
    secondFactor,
    mustChangePassword ? 'must change the password' : null,
    lockedUntil === null ? null : `locked out until ${new Date(lockedUntil).toISOString()}`,
  ];
  return `${userName}  ${displayName}  (${marks.filter((mark) => mark !== null).join(', ')})`;
}

function shown(person: Person, what: string): { json: Person; text: string } {
  return { json: person, text: `${what}: ${describe(person)}` };
}

function roleOf(value: unknown): Person['role'] {
  const found = role.safeParse(value);
  if (!found.success) throw new UsageError(`A role is one of ${role.options.join(', ')}.`);
  return found.data;
}

async function newPassword(): Promise<string> {
  const typed = await askSecret('New password: ', 'REDOUBT_NEW_PASSWORD');
  if (process.env['REDOUBT_NEW_PASSWORD'] === undefined && (await askSecret('The same again: ', 'REDOUBT_NEW_PASSWORD')) !== typed)
    throw new AppError('cli/passwords-differ', 'The two passwords differ. Nothing was made; start again.');
  return typed;
}
