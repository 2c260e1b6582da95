import { expect, test } from 'vitest';
import { roleMatrix } from '../identity/role-matrix.ts';
import { openEnvelope } from './envelope.ts';

test('a call of every procedure reaches its handler', () => {
  const lost = roleMatrix()
    .rows.map(({ call }) => call)
    .filter((call) => openEnvelope({ i: '1', p: { u: `/${call.replaceAll('.', '/')}`, b: {} } }) === null);
  expect(lost).toEqual([]);
});

test('what is no call of a procedure is dropped', () => {
  const address = (u: unknown) => openEnvelope(JSON.stringify({ i: '1', p: { u, b: {} } }));
  expect(['', '/', 'signing/state', '/a.b', '/a%2fb', '/a?b', `/${'a'.repeat(129)}`, 7].map(address)).toEqual(Array(8).fill(null));
  expect(openEnvelope('no json')).toBeNull();
});
