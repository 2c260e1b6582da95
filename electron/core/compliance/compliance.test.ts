import { spawn } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { beforeAll, expect, test } from 'vitest';
import { framework, type Framework } from '../contract/attestations.ts';
import type { Policies } from '../contract/policies.ts';
import type { Core } from '../core.ts';
import { openCore } from '../rpc/router.fixture.ts';
import type { Workspace } from '../workspace.ts';
import { assess, frameworks } from './assess.ts';
import { say } from './facts/say.ts';
import { isLoopback, openSockets, parseSocket } from './network/open-sockets.ts';
import type { VaultFacts } from './vault-facts.ts';

const day = 86_400_000;
let core: Core;
let workspace: Workspace;

beforeAll(async () => {
  core = await openCore(mkdtempSync(join(tmpdir(), 'redoubt-compliance-')));
  if (!core.workspace) throw new Error('not open');
  workspace = core.workspace;
  return () => core.close();
});

/** Status and findings of one requirement. */
async function look(standard: Framework, reference: string, facts: VaultFacts = workspace.vaultFacts) {
  const { controls } = await assess(standard, facts);
  const control = controls.find((each) => each.reference.endsWith(` ${reference}`));
  if (!control) throw new Error(reference);
  return { status: control.status, found: control.evidence.map((fact) => say(fact, 'en')).join(' ') };
}
const statusOf = async (...wanted: Parameters<typeof look>) => (await look(...wanted)).status;

function setPolicies(change: Partial<Omit<Policies, 'retention'>>) {
  const { retention: _retention, ...rules } = workspace.policies.current;
  workspace.policies.set(workspace.systemAct('policies.set'), { ...rules, ...change });
}

test('every requirement has a check, and every finding a sentence in both languages', async () => {
  for (const standard of framework.options) {
    const { controls } = await assess(standard, workspace.vaultFacts);
    expect(controls.length).toBe(frameworks[standard].length);
    expect(new Set(controls.map(({ reference }) => reference)).size).toBe(controls.length);
    for (const { reference, title, evidence } of controls) {
      expect(evidence.length, reference).toBeGreaterThan(0);
      expect(title['zh-CN']).toMatch(/\p{Script=Han}/u);
      for (const fact of evidence) {
        expect(say(fact, 'en'), reference).not.toMatch(/undefined|NaN|\[object|could not be carried out/);
        expect(say(fact, 'zh-CN'), reference).toMatch(/^(?!.*(?:undefined|NaN|\[object)).*\p{Script=Han}/u);
      }
    }
  }
});

test('a rule that is loosened is no longer met, and is again when it is put back', async () => {
  const { lockout, session, password } = workspace.policies.current;
  expect(await look('gbt22239', '8.1.4.1 b)')).toMatchObject({
    status: 'met',
    found: expect.stringContaining('after 5 wrong passwords for 30 minutes') as string,
  });
  setPolicies({ lockout: { attempts: 10, minutes: 30 } });
  expect(await look('gbt22239', '8.1.4.1 b)')).toMatchObject({
    status: 'not-met',
    found: expect.stringContaining('after 10 wrong') as string,
  });
  expect(await statusOf('hipaa', '164.308(a)(5)(ii)(C)')).toBe('not-met');
  setPolicies({ lockout });
  expect(await statusOf('gbt22239', '8.1.4.1 b)')).toBe('met');

  setPolicies({ session: { ...session, idleMinutes: 60 } });
  expect(await statusOf('hipaa', '164.312(a)(2)(iii)')).toBe('not-met');
  setPolicies({ session });

  expect(await statusOf('hipaa', '164.308(a)(5)(ii)(D)')).toBe('not-met');
  setPolicies({ password: { ...password, minimumLength: 10, minimumKinds: 3, maximumAgeDays: 90 } });
  expect(await statusOf('hipaa', '164.308(a)(5)(ii)(D)')).toBe('met');

  expect(await statusOf('hipaa', '164.316(b)(2)(i)')).toBe('met');
  workspace.policies.setRetention(workspace.systemAct('policies.set-retention'), { caseDays: 30, auditDays: 400 });
  expect(await statusOf('hipaa', '164.316(b)(2)(i)')).toBe('not-met');
  expect(await statusOf('pipl', '56')).toBe('not-met');
  workspace.policies.setRetention(workspace.systemAct('policies.set-retention'), { caseDays: 30, auditDays: 2190 });
});

test('people: one owner is everything, nobody administers with two factors, and whoever stays away is dormant', async () => {
  expect(await statusOf('gbt22239', '8.1.5.1')).toBe('not-met');
  expect(await statusOf('gbt22239', '8.1.4.1 d)')).toBe('not-met');
  // A second factor of administrators is not one of everybody.
  const factors = (policy: Policies['secondFactor'], second: boolean): VaultFacts => {
    const { vaultFacts } = workspace;
    const state = vaultFacts.policies();
    return {
      ...vaultFacts,
      policies: () => ({ ...state, policies: { ...state.policies, secondFactor: policy } }),
      slots: () => vaultFacts.slots().map((slot) => ({ ...slot, factors: second ? ['password', 'token'] : ['password'] })),
    };
  };
  expect(await statusOf('gbt22239', '8.1.4.1 d)', factors('everybody', true))).toBe('met');
  expect(await statusOf('gbt22239', '8.1.4.1 d)', factors('everybody', false))).toBe('not-met');
  expect(await statusOf('gbt22239', '8.1.4.1 d)', factors('administrators', true))).toBe('not-met');
  expect(await statusOf('hipaa', '164.312(d)', factors('administrators', true))).toBe('met');
  expect(await statusOf('gbt22239', '8.1.4.2 c)')).toBe('met');
  const later = { ...workspace.vaultFacts, now: () => Date.now() + 91 * day };
  expect(await statusOf('gbt22239', '8.1.4.2 c)', later)).toBe('not-met');
  const shared = workspace.vaultFacts.slots().map((slot) => ({ ...slot, person: null }));
  expect(await statusOf('hipaa', '164.312(a)(2)(i)', { ...workspace.vaultFacts, slots: () => shared })).toBe('not-met');
});

test('an alert that nobody looks into is told', async () => {
  const facts = (open: { firstAt: number }[], on = true) => ({ ...workspace.vaultFacts, alerts: () => ({ rules: [{ on }], open }) });
  expect(await statusOf('gbt22239', '8.1.4.4 f)')).toBe('customer');
  expect(await statusOf('gbt22239', '8.1.4.4 f)', facts([{ firstAt: Date.now() - 6 * day }]))).toBe('customer');
  expect(await statusOf('gbt22239', '8.1.4.4 f)', facts([{ firstAt: Date.now() - 9 * day }]))).toBe('not-met');
  expect(await statusOf('hipaa', '164.308(a)(1)(ii)(D)', facts([], false))).toBe('not-met');
});

test('a case without a purpose, or a closed one without an end, is told', async () => {
  const owner = workspace.identity.list()[0];
  if (!owner) throw new Error('nobody');
  const asker = { scope: workspace.cases.scopeOf(owner), administers: false };
  const made = { name: 'Claim', classification: 'secret' as const, purpose: '', retentionDays: null };
  const { id } = workspace.cases.create(workspace.systemAct('cases.create'), asker, made);
  expect(await look('pipl', '6')).toMatchObject({
    status: 'not-met',
    found: expect.stringContaining('Shared cases: 1; without a stated purpose: 1.') as string,
  });
  workspace.cases.update(workspace.systemAct('cases.update'), asker, id, { ...made, purpose: 'Settling' });
  // Whether it is a reasonable one no program decides.
  expect(await statusOf('pipl', '6')).toBe('customer');
  workspace.cases.setState(workspace.systemAct('cases.set-state'), asker, id, 'closed');
  expect(await statusOf('pipl', '19')).toBe('customer');
  expect(await statusOf('pipl', '19', { ...workspace.vaultFacts, now: () => Date.now() + 32 * day })).toBe('not-met');
});

test('a backup and a drill are looked for, and must not be old', async () => {
  expect(await statusOf('gbt22239', '8.1.4.9 a)')).toBe('not-met');
  const { backups } = workspace;
  const folder = mkdtempSync(join(tmpdir(), 'redoubt-backups-'));
  backups.setSettings(workspace.systemAct('backup.set-settings'), { ...backups.state().settings, folder, schedule: 'daily' });
  const finished = async () => {
    while (backups.activity !== null) await delay(50);
  };
  backups.run(workspace.systemAct('backup.run'));
  await finished();
  expect(await statusOf('hipaa', '164.308(a)(7)(ii)(A)')).toBe('met');
  expect(await statusOf('hipaa', '164.308(a)(7)(ii)(B)')).toBe('not-met');
  backups.drill(workspace.systemAct('backup.drill'), null);
  await finished();
  expect(await look('gbt22239', '8.1.4.9 a)')).toMatchObject({ status: 'met', found: expect.stringContaining(', good: ') as string });
  expect(await statusOf('gbt22239', '8.1.4.9 a)', { ...workspace.vaultFacts, now: () => Date.now() + 9 * day })).toBe('not-met');
});

test.skipIf(process.platform !== 'linux')('a socket that others can reach is told from one that they cannot', async () => {
  expect(await statusOf('gbt22239', '8.1.4.4 b)')).toBe('met');
  for (const [host, expected] of [
    ['127.0.0.1', 'met'],
    ['::1', 'met'],
    ['0.0.0.0', 'not-met'],
  ] as const) {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, host, resolve));
    const { port } = server.address() as { port: number };
    expect(openSockets([process.pid])?.listening.find((socket) => socket.port === port)).toEqual({
      protocol: 'tcp',
      address: host,
      port,
      loopback: expected === 'met',
    });
    expect(await statusOf('gbt22239', '8.1.4.4 b)'), host).toBe(expected);
    await new Promise((resolve) => server.close(resolve));
  }
  const udp = createSocket('udp4');
  await new Promise<void>((resolve) => udp.bind(0, '0.0.0.0', resolve));
  expect(await statusOf('gbt22239', '8.1.4.4 b)')).toBe('not-met');
  await new Promise<void>((resolve) => udp.close(() => resolve()));
  // Of a process that ours started, too.
  const script = "require('node:net').createServer().listen(0, '0.0.0.0', () => console.log('up'))";
  const child = spawn(process.execPath, ['-e', script], { stdio: ['ignore', 'pipe', 'inherit'] });
  await once(child.stdout, 'data');
  expect(await statusOf('gbt22239', '8.1.4.4 b)')).toBe('not-met');
  child.kill();
  await once(child, 'exit');
  expect(await statusOf('gbt22239', '8.1.4.4 b)')).toBe('met');
  expect(openSockets([])?.listening).toEqual([]);
});

test('addresses as the kernel writes them', () => {
  expect(parseSocket('0100007F:1F90')).toEqual({ address: '127.0.0.1', port: 8080 });
  expect(parseSocket('0000000000000000FFFF00000100007F:0050')).toEqual({ address: '::ffff:127.0.0.1', port: 80 });
  expect(parseSocket('00000000000000000000000001000000:0001')).toEqual({ address: '::1', port: 1 });
  expect(parseSocket('B80D01200000000000000000010000FF:FFFF')).toEqual({ address: '2001:db8:0:0:0:0:ff00:1', port: 65535 });
  expect(['127.9.9.9', '::1', '::ffff:127.0.0.1', '10.0.0.1', '::', '0.0.0.0'].map(isLoopback)).toEqual([
    true,
    true,
    true,
    false,
    false,
    false,
  ]);
});

test('a check that throws is not met, with the reason, and never met', async () => {
  const broken = new Proxy({} as VaultFacts, {
    get() {
      throw new Error('the disk is gone');
    },
  });
  for (const standard of framework.options)
    for (const { reference, status, evidence } of (await assess(standard, broken)).controls) {
      const failed = evidence.filter(({ fact }) => fact === 'failed');
      expect(status === 'not-met', reference).toBe(failed.length > 0);
      for (const fact of failed) expect(say(fact, 'en')).toContain('the disk is gone');
    }
  expect(await statusOf('gbt22239', '8.1.4.3 a)', broken)).toBe('not-met');
});

// It takes a guard away, so it comes last.
test('a log that could be changed is told: the change is tried, and undone', async () => {
  const { db } = workspace.vaultFacts;
  expect(await look('gbt22239', '8.1.4.3 d)')).toMatchObject({
    status: 'met',
    found: expect.stringContaining('was tried and refused') as string,
  });
  const newest = db.prepare('SELECT max(sequence) FROM audit_leaves').pluck().get();
  const entry = () => db.prepare('SELECT canonical FROM audit_leaves WHERE sequence = ?').pluck().get(newest);
  const before = entry();
  for (const name of db
    .prepare("SELECT name FROM sqlite_schema WHERE type = 'trigger' AND sql LIKE '%UPDATE ON audit_leaves%'")
    .pluck()
    .all())
    db.exec(`DROP TRIGGER ${String(name)}`);
  expect(await look('gbt22239', '8.1.4.3 d)')).toMatchObject({
    status: 'not-met',
    found: expect.stringContaining('NOT refused') as string,
  });
  expect(entry()).toBe(before);
  expect(await statusOf('hipaa', '164.312(c)(1)')).toBe('not-met');
});
