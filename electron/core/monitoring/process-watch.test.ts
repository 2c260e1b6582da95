import { afterEach, beforeEach, expect, test } from 'vitest';
import { AuditedAct, systemActor } from '../audit/act.ts';
import type { AuditLog } from '../audit/audit-log.ts';
import type { ProcessState } from '../supervision/messages.ts';
import { newAuditLog } from '../testing/audit-log.ts';
import { temporaryFolder } from '../testing/folder.ts';
import { openDatabase, type WritableDb } from '../vault/database.ts';
import { migrate } from '../vault/migrations/index.ts';
import { ProcessWatch, recordedEnd } from './process-watch.ts';

let db: WritableDb;
let log: AuditLog;
let states: ProcessState[];

beforeEach(() => {
  db = openDatabase(`${temporaryFolder()}/vault.db`, Buffer.alloc(32, 7), 'create');
  migrate(db);
  log = newAuditLog(db);
  states = [process('main', 'ready', 0, null), process('core', 'ready', 0, null), process('inference', 'ready', 0, null)];
});
afterEach(() => db.close());

const process = (name: ProcessState['name'], state: ProcessState['state'], restarts: number, lastExit: string | null, pid = 7) => ({
  name,
  state,
  pid,
  restarts,
  lastExit,
});
const open = () =>
  new ProcessWatch({
    acts: (action) => new AuditedAct(db, log, systemActor, action),
    processes: () => states,
    newest: (name) => recordedEnd(log.list({ action: 'system.process-ended', subject: name, limit: 1 }).entries[0]?.details ?? {}),
  });
const records = () =>
  log
    .list({ areas: ['system'], limit: 100 })
    .entries.toReversed()
    .map(({ action, subject, details }) => [action, subject, details['restarts'], details['noticed'] ?? null]);

test('an end and the start after it are recorded, once, over a lock and a new start of Redoubt too', () => {
  const watch = open();
  watch.look('opening');
  expect(records()).toEqual([]);
  states = [states[0]!, states[1]!, process('inference', 'restarting', 1, 'signal SIGKILL')];
  watch.look();
  watch.look();
  states = [states[0]!, states[1]!, process('inference', 'ready', 1, 'signal SIGKILL')];
  watch.look();
  const sofar = [
    ['system.process-ended', 'inference', 1, 'open'],
    ['system.process-restarted', 'inference', 1, null],
  ];
  expect(records()).toEqual(sofar);
  // Unlocked again in the same Redoubt: what is on record is not recorded again, what happened meanwhile is.
  states = [states[0]!, process('core', 'ready', 1, 'code 1'), states[2]!];
  open().look('opening');
  sofar.push(['system.process-ended', 'core', 1, 'opening'], ['system.process-restarted', 'core', 1, null]);
  expect(records()).toEqual(sofar);
  // Another start counts from nothing.
  states = [process('main', 'ready', 0, null, 8), process('core', 'ready', 0, null), process('inference', 'ready', 1, 'code 9')];
  open().look('opening');
  sofar.push(['system.process-ended', 'inference', 1, 'opening'], ['system.process-restarted', 'inference', 1, null]);
  expect(records()).toEqual(sofar);
});
