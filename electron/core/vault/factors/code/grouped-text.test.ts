import fc from 'fast-check';
import { expect, test } from 'vitest';
import { codeSymbols } from '../../../contract/code-groups.ts';
import { decodeGroups, encodeGroups } from './grouped-text.ts';
import { newRecoveryCode, readRecoveryCode } from './recovery-code.ts';

const bytes = fc.uint8Array({ minLength: 20, maxLength: 20 }).map((array) => Buffer.from(array));
const decode = (typed: string) => decodeGroups(typed, 20, 'test');

test('what was written is read again, however it is typed', () => {
  const typing = fc.constantFrom(
    (text: string) => text,
    (text: string) => text.toLowerCase().replaceAll('-', ' '),
    (text: string) => text.replaceAll('-', ''),
    (text: string) => ` ${text.replaceAll('0', 'O').replaceAll('1', 'l').replaceAll('-', ' – ')}\n`,
    (text: string) => text.replace(/[0-9A-Z]/g, (c) => String.fromCodePoint((c.codePointAt(0) ?? 0) + 0xfee0)),
  );
  fc.assert(
    fc.property(bytes, typing, (secret, type) => {
      expect(decode(type(encodeGroups(secret, 'test')))).toEqual({ ok: true, bytes: secret });
    }),
  );
});

test('one wrong character, two exchanged in a group, and a group left short are named by their group', () => {
  const place = fc.integer({ min: 0, max: 8 });
  const within = fc.integer({ min: 0, max: 4 });
  fc.assert(
    fc.property(bytes, place, within, within, fc.integer({ min: 1, max: 31 }), (secret, group, a, b, shift) => {
      const groups = encodeGroups(secret, 'test').split('-');
      const letters = [...(groups[group] ?? '')];
      const mistakes = [
        letters.with(a, codeSymbols[(codeSymbols.indexOf(letters[a] ?? '') + shift) % 32] ?? ''),
        letters.with(a, 'U'),
        letters.toSpliced(a, 1),
        letters.toSpliced(a, 0, '7'),
        ...(letters[a] === letters[b] ? [] : [letters.with(a, letters[b] ?? '').with(b, letters[a] ?? '')]),
      ];
      for (const mistake of mistakes)
        expect(decode(groups.with(group, mistake.join('')).join('-'))).toEqual({ ok: false, groups: [group + 1] });
    }),
  );
});

test('exchanged groups, a text for another purpose and any other text are refused', () => {
  fc.assert(
    fc.property(bytes, fc.integer({ min: 0, max: 7 }), fc.string(), (secret, at, noise) => {
      const groups = encodeGroups(secret, 'test').split('-');
      const [one = '', two = ''] = [groups[at], groups[at + 1]];
      expect(
        decode(
          groups
            .with(at, two)
            .with(at + 1, one)
            .join('-'),
        ),
      ).toEqual({ ok: false, groups: [at + 1, at + 2] });
      expect(decode(encodeGroups(secret, 'other')).ok).toBe(false);
      expect(decode(noise).ok).toBe(false);
      expect(decode(`${groups.join('-')}-00000`).ok).toBe(false);
    }),
  );
});

test('a recovery code holds 160 random bits; a mistyped one says where', () => {
  const { code, secret } = newRecoveryCode();
  expect(code).toMatch(/^([0-9A-HJKMNP-TV-Z]{5}-){8}[0-9A-HJKMNP-TV-Z]{5}$/);
  expect(secret).toHaveLength(20);
  expect(readRecoveryCode(code)).toEqual(secret);
  const wrong = `${code.slice(0, 12)}${code[12] === 'A' ? 'B' : 'A'}${code.slice(13)}`;
  expect(() => readRecoveryCode(wrong)).toThrow(
    expect.objectContaining({ code: 'vault/recovery-code-mistyped', details: { group: 3, groups: ['3'] } }),
  );
});
