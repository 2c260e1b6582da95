import { expect, test } from 'vitest';
import { procedures } from '../../../testing/procedures.ts';
import { leavingBy } from './channels.ts';

test('whatever the contract lets somebody take out of the vault is among the ways that an egress report knows', () => {
  const leaving = procedures().filter(({ name, meta }) => meta.audit !== null && (meta.approval === 'export' || /export/i.test(name)));
  expect(leaving.length).toBeGreaterThan(5);
  expect(leaving.filter(({ meta }) => leavingBy[meta.audit ?? ''] === undefined).map(({ name }) => name)).toEqual([]);
});
