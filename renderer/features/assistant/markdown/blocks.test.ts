import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { linkDefinitions, splitBlocks } from './blocks.ts';

describe('splitBlocks', () => {
  it('splits at blank lines, and keeps fences, lists and footnotes whole', () => {
    const text = [
      'one',
      '',
      '1. a',
      '',
      '   more',
      '',
      '2. b',
      '',
      'two',
      '',
      '```js',
      'x',
      '',
      'y',
      '```',
      '',
      '- ```',
      '',
      '  z',
      '  ```',
      '',
      '[^1]: n',
      '',
      '    m',
      '',
      'end',
    ].join('\n');
    expect(splitBlocks(text)).toEqual([
      'one',
      '1. a\n\n   more\n\n2. b',
      'two',
      '```js\nx\n\ny\n```',
      '- ```\n\n  z\n  ```',
      '[^1]: n\n\n    m',
      'end',
    ]);
  });

  it('leaves an open fence in one piece', () => {
    expect(splitBlocks('a\n\n~~~\nb\n\n```\n\nc')).toEqual(['a', '~~~\nb\n\n```\n\nc']);
  });

  it('loses no line, and growing text changes only the last piece', () => {
    const line = fc.constantFrom('', 'a', '- b', '1. c', '  d', '    e', '```', '~~~', '> f', '[^1]: g', '| h |', '[i]: j');
    fc.assert(
      fc.property(fc.array(line, { maxLength: 30 }), fc.string(), (lines, more) => {
        const text = lines.join('\n');
        const before = splitBlocks(text);
        expect(
          before
            .join('\n')
            .split('\n')
            .filter((each) => each.trim() !== ''),
        ).toEqual(lines.filter((each) => each.trim() !== ''));
        const after = splitBlocks(text + more.replaceAll('\n', ' '));
        expect(after.slice(0, before.length - 1)).toEqual(before.slice(0, -1));
      }),
      { numRuns: 500 },
    );
  });

  it('finds link definitions but no footnotes', () => {
    expect(linkDefinitions('a [b][1]\n\n[1]: https://c.example "d"\n[^2]: e')).toBe('[1]: https://c.example "d"');
  });
});
