import { expect, it } from 'vitest';
import { kindsOf } from '../../vault/password/rules.ts';
import { madeUpPassword } from './made-up-password.ts';

it('makes up passwords that every policy takes and no two people share', () => {
  const made = [8, 10, 24, 64, 128].map((length) => [length, madeUpPassword(length)] as const);
  expect(made.map(([length, password]) => password.length >= length && kindsOf(password) === 4)).toEqual([true, true, true, true, true]);
  expect(new Set(Array.from({ length: 500 }, () => madeUpPassword(8))).size).toBe(500);
});
