import { expect, onTestFinished, test } from 'vitest';
import { systemActor } from '../../../audit/act.ts';
import { Leaves } from '../../../audit/leaves.ts';
import { dormantDays } from '../../../identity/account-review.ts';
import { newAuditLog } from '../../../testing/audit-log.ts';
import { temporaryFolder } from '../../../testing/folder.ts';
import { openDatabase } from '../../../vault/database.ts';
import { migrate } from '../../../vault/migrations/index.ts';
import { withUnusedAccess, type Membership } from './unused-access.ts';

test('who writes in a case and did nothing there lately is found, however far back the others did something', async () => {
  const db = openDatabase(`${temporaryFolder()}/vault.db`, Buffer.alloc(32, 7), 'create');
  onTestFinished(() => void db.close());
  migrate(db);
  const log = newAuditLog(db);
  const now = Date.UTC(2026, 0, 1);
  const long = now - (dormantDays + 1) * 86_400_000;
  const act = (name: string, caseId: string | null, at: number) =>
    log.append({ at, actor: { ...systemActor, name }, action: 'documents.read', subject: '', caseId, outcome: 'done', details: {} });
  db.transaction(() => {
    act('ada', 'case-1', now - 5);
    act('idle', 'case-1', long);
    act('half', 'case-1', now - 4);
    act('elsewhere', null, now - 4);
    // More than a page; by a clock that was set back.
    for (let each = 0; each < 2_500; each += 1) act('other', 'case-1', long);
    act('half', 'case-2', long);
  })();
  const member = (personId: string, caseId: string, more: Partial<Membership> = {}): Membership => {
    return { personId, userName: personId, caseId, access: 'write', since: long, ...more };
  };
  const vault = { leaves: new Leaves(db, log.terms), now: () => now };
  const found = await withUnusedAccess(vault, [
    member('ada', 'case-1', { access: 'lead' }),
    member('idle', 'case-1'),
    member('half', 'case-1'),
    member('half', 'case-2'),
    member('elsewhere', 'case-2'),
    member('reader', 'case-1', { access: 'read' }),
    member('new', 'case-1', { since: now - 1 }),
  ]);
  expect([...found].sort()).toEqual(['elsewhere', 'half', 'idle']);
  expect(await withUnusedAccess(vault, [])).toEqual(new Set());
  expect(await withUnusedAccess(vault, [member('ada', 'case-1')])).toEqual(new Set());
});
