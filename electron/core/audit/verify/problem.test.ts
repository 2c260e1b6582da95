import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { auditProblem, auditProblemTexts } from '../../contract/audit-problems.ts';
import { problem } from './problem.ts';

test('a problem tells in English what its code and values say, and the page has the same texts', () => {
  const found = problem(7, 'sealPlace', { epoch: 3, expected: 2 });
  expect(found.message).toBe('The seal of epoch 3 does not hold: it stands where that of epoch 2 belongs.');
  expect(auditProblem.parse(found)).toEqual(found);
  const page = JSON.parse(readFileSync(new URL('../../../../renderer/locales/en/audit.json', import.meta.url), 'utf8')) as {
    problem: unknown;
  };
  expect(page.problem).toEqual(auditProblemTexts);
});
