import { describe, expect, it } from 'vitest';
import { type KeyPress, keyNames, matches } from './keys.ts';

const press = (key: string, held: Partial<KeyPress> = {}): KeyPress => ({
  key,
  ctrlKey: false,
  metaKey: false,
  shiftKey: false,
  altKey: false,
  ...held,
});

describe('keys', () => {
  it('match exactly the modifiers they name, on both kinds of keyboard', () => {
    expect([
      matches('mod+z', press('z', { ctrlKey: true }), false),
      matches('mod+z', press('z', { metaKey: true }), true),
      matches('mod+shift+z', press('Z', { ctrlKey: true, shiftKey: true }), false),
      matches('?', press('?', { shiftKey: true }), false),
      matches('+', press('+', { shiftKey: true }), false),
      matches('a', press('A'), false),
    ]).toEqual(Array(6).fill(true));
    expect([
      matches('mod+z', press('z', { metaKey: true }), false),
      matches('mod+z', press('Z', { ctrlKey: true, shiftKey: true }), false),
      matches('a', press('a', { ctrlKey: true }), false),
      matches('ArrowLeft', press('ArrowLeft', { altKey: true }), false),
    ]).toEqual(Array(4).fill(false));
  });

  it('have names', () => {
    expect([keyNames('mod+shift+z', false), keyNames('mod+shift+z', true), keyNames('alt+ArrowLeft', false), keyNames('+', false)]).toEqual(
      ['Ctrl+Shift+Z', '⌘⇧Z', 'Alt+←', '+'],
    );
  });
});
