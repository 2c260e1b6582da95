import fc from 'fast-check';
import { expect, it } from 'vitest';
import { checkCharacter, codeSymbols } from '../../../../electron/core/contract/code-groups.ts';
import { complete, groupsOf, mistypedGroups, spread } from './groups.ts';

const symbol = fc.constantFrom(...codeSymbols);
const code = fc
  .array(fc.string({ unit: symbol, minLength: 4, maxLength: 4 }), { minLength: 1, maxLength: 17 })
  .map((groups) => groups.map((group, place) => `${group}${checkCharacter(group, place) ?? ''}`));

it('takes a whole code, however it was separated, into its groups, none of them mistyped', () => {
  fc.assert(
    fc.property(code, fc.constantFrom('-', ' ', '  ', ' - ', '', '\n'), (groups, separator) => {
      const typed = groups.join(separator).toLowerCase().replaceAll('0', 'o').replaceAll('1', 'l');
      const pasted = spread([], 0, typed, groups.length);
      expect(pasted).toEqual({ groups, focus: groups.length - 1 });
      expect(complete(pasted.groups, groups.length)).toBe(true);
      expect(mistypedGroups(pasted.groups)).toEqual([]);
    }),
  );
});

it('names the group with one wrong character, two exchanged ones, or in the wrong place', () => {
  fc.assert(
    fc.property(code, fc.nat(), fc.nat(4), symbol, (groups, group, at, other) => {
      const place = group % groups.length;
      const right = groups[place] ?? '';
      const wrong = right.slice(0, at) + other + right.slice(at + 1);
      const exchanged = [right[1], right[0], ...right.slice(2)].join('');
      for (const each of [wrong, exchanged]) expect(mistypedGroups(groups.with(place, each))).toEqual(each === right ? [] : [place]);
      expect(mistypedGroups(['', ...groups]).length).toBe(groups.length);
    }),
  );
});

it('changes only the group typed in, and those after it that the text reaches', () => {
  const groups = ['AAAAA', 'BBBBB', 'CCCCC'];
  expect(spread(groups, 1, 'XX', 3)).toEqual({ groups: ['AAAAA', 'XX', 'CCCCC'], focus: 1 });
  expect(spread(groups, 1, 'XXXXXY', 3)).toEqual({ groups: ['AAAAA', 'XXXXX', 'Y'], focus: 2 });
  expect(spread(['AAAAA', '', ''], 1, 'XXXXX', 3)).toEqual({ groups: ['AAAAA', 'XXXXX', ''], focus: 2 });
  expect(spread(groups, 1, '', 3)).toEqual({ groups: ['AAAAA', '', 'CCCCC'], focus: 1 });
  expect(groupsOf('AAAAA-BBBBB CCCCC')).toEqual(groups);
});
