import { expect, test } from 'vitest';
import type { Person } from '../contract/identity.ts';
import { openAccounts } from '../identity/accounts.fixture.ts';
import { newPerson } from '../identity/identity.service.ts';
import { PeopleRepository } from '../identity/people.repository.ts';
import { ApprovalsService, type GuardedCommand } from './approvals.service.ts';

async function setUp() {
  const { db, identity, policies, act, owner } = await openAccounts();
  const people = new PeopleRepository(db);
  const add = (userName: string, role: Person['role']) => {
    const person = newPerson(userName, userName, role);
    people.add(person);
    return person;
  };
  const { retention: _retention, ...rules } = policies.current;
  policies.set(act('policies.set'), { ...rules, fourEyes: ['retention-change'], approvalHours: 2 });
  const approvals = new ApprovalsService({ db, people: () => identity.list(), policies, act: (actor, action) => act(action, actor) });
  const command = (person: Person, input: GuardedCommand['input'] = { caseDays: 30 }): GuardedCommand => ({
    call: 'policies.setRetention',
    class: 'retention-change',
    input,
    person,
  });
  const ask = (person: Person, input?: GuardedCommand['input']): string => {
    try {
      approvals.take(command(person, input));
    } catch (error) {
      const { code, details } = error as { code: string; details: { approvalId?: string } };
      return details.approvalId ?? code;
    }
    return 'allowed';
  };
  const agree = (person: Person, id: string) => approvals.decide(act('approvals.decide'), person, { id, approved: true, comment: '' });
  return { db, people, approvals, act, owner, add, command, ask, agree };
}

test('a request lapses, waiting or approved', async () => {
  const { db, approvals, owner, add, ask, agree } = await setUp();
  const other = add('olga', 'owner');
  const first = ask(owner);
  expect(approvals.list(owner)).toMatchObject([{ id: first, state: 'waiting', expiresAt: expect.any(Number) as number }]);
  const lapse = (id: string) => db.prepare('UPDATE approvals SET expires_at = ? WHERE id = ?').run(Date.now() - 1, id);
  lapse(first);
  expect(approvals.list(other)).toMatchObject([{ state: 'expired', mayDecide: false }]);
  expect(() => agree(other, first)).toThrow(expect.objectContaining({ code: 'approvals/settled' }));
  const second = ask(owner);
  expect(second).not.toBe(first);
  agree(other, second);
  lapse(second);
  expect(ask(owner)).not.toBe(second);
});

test('between administrators each decides for the other, never for themselves; what is taken serves once', async () => {
  const { approvals, add, ask, agree, act, command } = await setUp();
  const security = add('sue', 'security-administrator');
  const system = add('syd', 'system-administrator');
  const audit = add('aud', 'audit-administrator');
  const id = ask(security);
  expect(approvals.list(audit)).toEqual([]);
  expect(() => agree(security, id)).toThrow(expect.objectContaining({ code: 'approvals/own-request' }));
  agree(system, id);
  const ticket = approvals.take(command(security));
  // Taken, it serves for nothing else until it is used or given back.
  expect(ask(security)).not.toBe(id);
  expect(() => approvals.withdraw(act('approvals.withdraw'), security, id)).toThrow(expect.objectContaining({ code: 'approvals/settled' }));
  ticket?.release();
  expect(approvals.take(command(security))?.details).toEqual({ approval: id, approvedBy: 'syd' });
});

test('what is compared is the whole input, what is shown is none of its secrets', async () => {
  const { approvals, db, owner, add, ask } = await setUp();
  add('olga', 'owner');
  const input = (pin: string) => ({
    serial: 'x'.repeat(400),
    pin,
    proof: { password: 'hidden-7' },
    list: [{ keyPem: 'hidden-8', name: 'ok' }],
  });
  const id = ask(owner, input('123456'));
  expect(ask(owner, input('123456'))).toBe(id);
  expect(ask(owner, input('123457'))).not.toBe(id);
  expect(approvals.list(owner).find((each) => each.id === id)?.input).toEqual({ serial: `${'x'.repeat(300)}…`, list: [{ name: 'ok' }] });
  expect(JSON.stringify(db.prepare('SELECT * FROM approvals').all())).not.toMatch(/hidden|123456/);
});

test('nobody piles up requests without end', async () => {
  const { owner, add, ask, approvals } = await setUp();
  add('olga', 'owner');
  const asked = Array.from({ length: 51 }, (_, caseDays) => ask(owner, { caseDays }));
  expect(asked.at(-1)).toBe('approvals/too-many');
  expect(approvals.list(owner)).toHaveLength(50);
});

test('what somebody approved who was disabled since, or lost the right to decide, must be asked for anew', async () => {
  const { approvals, owner, add, ask, agree, people } = await setUp();
  const [olga, otto, omar] = [add('olga', 'owner'), add('otto', 'owner'), add('omar', 'owner')];
  const first = ask(owner);
  agree(olga, first);
  expect(approvals.list(owner)).toMatchObject([{ id: first, mayUse: true }]);
  people.setStatus(olga.id, 'disabled');
  expect(approvals.list(owner)).toMatchObject([{ id: first, mayUse: false }]);
  const second = ask(owner);
  expect(second).not.toBe(first);
  agree(otto, second);
  people.setRole(otto.id, 'viewer');
  const third = ask(owner);
  expect([first, second]).not.toContain(third);
  agree(omar, third);
  expect(ask(owner)).toBe('allowed');
});

test('nobody buries the requests of others under withdrawn ones', async () => {
  const { db, approvals, owner, add, ask, agree } = await setUp();
  const other = add('olga', 'owner');
  const wanted = ask(owner);
  const [{ requestedAt } = expect.fail()] = approvals.list(owner);
  const insert = db.prepare(
    `INSERT INTO approvals (id, call, class, input, input_hash, requested_by, requested_at, expires_at, state, decided_by, decided_at, comment)
     SELECT ?, call, class, input, input_hash, ?, ?, expires_at, 'withdrawn', NULL, NULL, '' FROM approvals WHERE id = ?`,
  );
  for (let count = 1; count <= 600; count += 1) insert.run(`withdrawn ${count}`, other.id, requestedAt + count, wanted);
  expect(approvals.list(other)).toContainEqual(expect.objectContaining({ id: wanted, mayDecide: true }));
  expect(approvals.list(other)).toHaveLength(501);
  expect(agree(other, wanted)).toMatchObject({ id: wanted, state: 'approved' });
});
