import { expect, onTestFinished, test } from 'vitest';
import { openHost } from '../../core/cases/people.fixture.ts';
import type { Command, CommandContext } from '../command.ts';
import {
  peopleCreate,
  peopleDisable,
  peopleEnable,
  peopleList,
  peopleMatrix,
  peopleResetPassword,
  peopleSessions,
  peopleSetRole,
  peopleUnlock,
} from './people.ts';

test('people are added, changed and kept out from the command line', async () => {
  const { host, owner } = await openHost();
  process.env['REDOUBT_NEW_PASSWORD'] = 'velvet anchor fifteen';
  onTestFinished(() => void delete process.env['REDOUBT_NEW_PASSWORD']);
  const run = async (command: Command, args: readonly string[] = [], values: CommandContext['values'] = {}) =>
    command.run({
      args,
      values,
      json: true,
      signal: new AbortController().signal,
      progress: () => undefined,
      withVault: (work) => work({ client: owner, host }),
    });
  expect(await run(peopleCreate, ['vic'], { role: 'viewer' })).toMatchObject({
    json: { userName: 'vic', role: 'viewer', mustChangePassword: true },
  });
  await expect(run(peopleCreate, ['eve'], { role: 'owner' })).rejects.toMatchObject({ code: 'identity/appointed-role' });
  await expect(run(peopleCreate, ['eve'], { role: 'boss' })).rejects.toThrow('A role is one of');
  expect(await run(peopleSetRole, ['VIC', 'analyst'])).toMatchObject({ json: { role: 'analyst' } });
  expect(await run(peopleDisable, ['vic'])).toMatchObject({ json: { status: 'disabled' } });
  expect((await run(peopleList)).text).toMatch(/^vic {2}vic {2}\(analyst, disabled, must change the password\)$/m);
  expect(await run(peopleEnable, ['vic'])).toMatchObject({ json: { status: 'active' } });
  expect(await run(peopleResetPassword, ['vic'])).toMatchObject({ json: { mustChangePassword: true } });
  expect(await run(peopleUnlock, ['vic'])).toMatchObject({ json: { lockedUntil: null } });
  await expect(run(peopleUnlock, ['nobody'])).rejects.toMatchObject({ code: 'identity/unknown-person' });
  expect(await run(peopleSessions)).toMatchObject({ json: [{ userName: 'ida', current: true }] });
  expect((await run(peopleMatrix)).text).toContain('audit.list  (audit.read)  owner, audit-administrator');
});
