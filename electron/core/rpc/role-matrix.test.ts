import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { permissions } from '../contract/base.ts';
import { role, type Role } from '../contract/identity.ts';
import type { Core } from '../core.ts';
import { permissionsOf } from '../identity/permissions.ts';
import { roleMatrix, roleMatrixText } from '../identity/role-matrix.ts';
import { temporaryFolder } from '../testing/folder.ts';
import { openCore, outcome, password } from './router.fixture.ts';

const matrix = roleMatrix();

test('the table of who may call what is the one that was reviewed', async () => {
  await expect(roleMatrixText(matrix)).toMatchFileSnapshot('../identity/role-matrix.txt');
});

test('the three administrators exclude each other and see no content; nobody but the owner may do everything', () => {
  const administrators: Role[] = ['system-administrator', 'security-administrator', 'audit-administrator'];
  const content = ['documents', 'flows', 'runs', 'chat', 'reports', 'cases.use', 'cases.create', 'models'];
  for (const each of administrators)
    expect(
      permissionsOf(each).filter((permission) => content.some((area) => permission.startsWith(area))),
      each,
    ).toEqual([]);
  // What two of them share only shows, or decides about what somebody else asked for.
  for (const one of administrators)
    for (const other of administrators.filter((each) => each !== one))
      expect(permissionsOf(one).filter((permission) => permissionsOf(other).includes(permission) && !permission.endsWith('.read'))).toEqual(
        one !== 'audit-administrator' && other !== 'audit-administrator' ? ['approvals.decide'] : [],
      );
  for (const [permission, holder] of [
    ['audit.read', 'audit-administrator'],
    ['people.manage', 'system-administrator'],
    ['people.assign-roles', 'security-administrator'],
    ['policies.manage', 'security-administrator'],
    ['keys.manage', 'security-administrator'],
    ['sessions.manage', 'security-administrator'],
  ] as const)
    expect(
      role.options.filter((each) => each !== 'owner' && permissionsOf(each).includes(permission)),
      permission,
    ).toEqual([holder]);
  expect(role.options.filter((each) => permissions.every((permission) => permissionsOf(each).includes(permission)))).toEqual(['owner']);
});

describe('cell by cell, through the router', () => {
  let core: Core;
  const tokens = new Map<Role, string>();

  beforeAll(async () => {
    const folder = mkdtempSync(join(tmpdir(), 'redoubt-test-'));
    core = await openCore(folder);
    const { workspace } = core;
    if (!workspace) throw new Error('not open');
    const act = (action: string) => workspace.systemAct(action);
    for (const each of role.options) {
      const person = await workspace.accounts.create(act('identity.create-person'), {
        userName: `p-${each}`,
        displayName: each,
        role: 'viewer',
        password,
      });
      workspace.accounts.setRole(act('identity.set-role'), person.id, each);
      tokens.set(each, workspace.identity.sessions.start(workspace.identity.byId(person.id)).token);
    }
    return async () => {
      await core.close();
      rmSync(folder, { recursive: true, force: true });
    };
  });

  test.each(role.options)('%s', async (each) => {
    const wrong: string[] = [];
    for (const { call, allowed } of matrix.rows) {
      const found = await outcome(core, call, tokens.get(each) ?? '');
      const expected = allowed.includes(each) ? 'reached' : 'identity/denied';
      if (found !== expected) wrong.push(`${call}: ${found} instead of ${expected}`);
    }
    expect(wrong).toEqual([]);
    expect(matrix.rows.length).toBeGreaterThan(100);
  });

  test('nobody: without a session only what is public, and a forged one is none', async () => {
    for (const token of [null, 'forged', ''])
      for (const { call, permission } of matrix.rows)
        expect(await outcome(core, call, token), call).toBe(permission === 'public' ? 'reached' : 'identity/not-signed-in');
  });

  test('who must choose a new password, or set up a second factor, can do nothing else', async () => {
    const { workspace } = core;
    if (!workspace) throw new Error('not open');
    const late = await workspace.accounts.create(workspace.systemAct('identity.create-person'), {
      userName: 'late',
      displayName: 'Late',
      role: 'analyst',
      password,
      mustChangePassword: true,
    });
    const { token } = workspace.identity.sessions.start(late);
    const reached = async (expected: string) => {
      const calls: string[] = [];
      for (const { call, allowed, permission } of matrix.rows) {
        if (!allowed.includes('analyst') || permission === 'public') continue;
        const found = await outcome(core, call, token);
        if (found === 'reached') calls.push(call);
        else expect(found, call).toBe(expected);
      }
      return calls;
    };
    const own = ['identity.signOut', 'identity.activity', 'identity.changePassword', 'identity.ownSessions', 'identity.endOwnSession'];
    const always = ['vault.lock', 'keys.tokens', 'keys.setSecondFactor', ...own, 'policies.get'];
    expect(await reached('identity/password-change-required')).toEqual(expect.arrayContaining(always));
    expect(await reached('identity/password-change-required')).toHaveLength(always.length);
    const session = workspace.identity.sessions.find(token);
    if (!session) throw new Error('no session');
    await workspace.accounts.changePassword(
      workspace.systemAct('identity.change-password'),
      session,
      { password },
      'Velvet anchor fifteen',
    );
    const { retention: _retention, ...rules } = workspace.policies.current;
    workspace.policies.set(workspace.systemAct('policies.set'), { ...rules, secondFactor: 'everybody' });
    expect(await reached('identity/second-factor-required')).toHaveLength(always.length);
    workspace.policies.set(workspace.systemAct('policies.set'), { ...rules, secondFactor: 'administrators' });
    expect(await outcome(core, 'documents.list', token)).toBe('reached');
    expect(await outcome(core, 'audit.list', tokens.get('audit-administrator') ?? '')).toBe('identity/second-factor-required');
    workspace.policies.set(workspace.systemAct('policies.set'), rules);
  });
});

test('a locked vault answers nothing but what is public', async () => {
  const core = await openCore(temporaryFolder());
  const token = 'any';
  await core.close();
  for (const { call, permission } of matrix.rows)
    if (permission !== 'public') expect(await outcome(core, call, token), call).toBe('vault/locked');
});
