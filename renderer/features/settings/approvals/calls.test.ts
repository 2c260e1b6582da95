import { expect, it } from 'vitest';
import { contract } from '../../../../electron/core/contract/index.ts';
import en from '../../../locales/en/approvals.json';
import zh from '../../../locales/zh-CN/approvals.json';

it('names every call that can wait for a second person, in both languages', () => {
  const asked = Object.entries(contract).flatMap(([area, calls]) =>
    Object.entries(calls)
      .filter(([, call]) => call['~orpc'].meta.approval !== null)
      .map(([name]) => `${area}-${name}`),
  );
  expect(asked.length).toBeGreaterThan(5);
  // These ask only where rules become less strict, and for owners and administrators.
  asked.push('policies-set', 'identity-setPersonStatus');
  expect(Object.keys(en.calls).toSorted()).toEqual(asked.toSorted());
  expect(Object.keys(zh.calls).toSorted()).toEqual(asked.toSorted());
});
