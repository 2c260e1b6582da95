import * as fc from 'fast-check';
import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { beforeAll, describe, expect, it } from 'vitest';
import { startI18n } from '../../../lib/i18n.ts';
import { hostilePayloads } from './hostile.fixture.ts';
import { Markdown } from './markdown.tsx';

const allowedTags = new Set(
  'div p span strong em del code pre ul ol li blockquote h3 h4 h5 h6 hr br table thead tbody tr th td button'.split(' '),
);
const allowedAttributes: Readonly<Record<string, readonly string[]>> = {
  div: ['class', 'dir', 'tabindex'],
  span: ['class'],
  pre: ['tabindex'],
  button: ['class', 'type'],
  ol: ['start'],
  th: ['scope', 'data-align'],
  td: ['data-align'],
};

const render = (text: string) => renderToStaticMarkup(createElement(Markdown, { text }));

/** Every element and attribute of `html` that is not ours. React escapes `<` and `>` in text and attributes, so a tag is a tag. */
function strangers(html: string): string[] {
  const found: string[] = [];
  for (const [whole, close, tag = '', rest = ''] of html.matchAll(/<(\/?)([^\s/>]+)([^>]*)>/g)) {
    if (!allowedTags.has(tag)) found.push(whole);
    if (close === '/') continue;
    for (const [, name = ''] of rest.matchAll(/([^\s"'=/]+)(?:="[^"]*")?/g)) {
      if (!(allowedAttributes[tag] ?? []).includes(name)) found.push(whole);
    }
  }
  if (/<(?![/a-z])/.test(html)) found.push('a bare <');
  return found;
}

const textOf = (html: string) => html.replace(/<[^>]*>/g, '');

describe('Markdown of a model', () => {
  beforeAll(() => startI18n('en'));

  it(`makes nothing but plain elements of ${hostilePayloads.length} hostile texts, at every streaming prefix`, () => {
    expect(hostilePayloads.length).toBeGreaterThanOrEqual(60);
    let rendered = 0;
    for (const payload of hostilePayloads) {
      for (let end = 1; end <= payload.length; end++) {
        const html = render(payload.slice(0, end));
        rendered += 1;
        const found = strangers(html);
        if (found.length > 0) throw new Error(`${JSON.stringify(payload.slice(0, end))} made ${found.join(' ')}`);
      }
    }
    expect(rendered).toBeGreaterThan(5000);
  }, 300_000);

  it('stays plain when hostile texts are mixed with each other and with Markdown', () => {
    const glue = fc.constantFrom('', ' ', '\n', '\n\n', '> ', '- ', '1. ', '| ', '```\n', '`', '**', '[', '](', '![', '<', '\\', '&', '\t');
    const mixed = fc.array(fc.tuple(fc.oneof(fc.constantFrom(...hostilePayloads), fc.string({ unit: 'grapheme' })), glue), {
      maxLength: 6,
    });
    fc.assert(
      fc.property(mixed, (parts) => {
        expect(strangers(render(parts.flat().join('')))).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });

  it('shows raw HTML as the text it is', () => {
    expect(textOf(render('a <b onclick="x">c</b>'))).toBe('a &lt;b onclick=&quot;x&quot;&gt;c&lt;/b&gt;');
  });

  it('shows a link as its words and its true address, with deceptive characters made visible', () => {
    expect(textOf(render('[our bank](javascript:alert(1))'))).toBe('our bank (javascript:alert(1))Copy link');
    expect(textOf(render('<https://a.example/\u202Egpj.exe>'))).toContain('\\u{202e}');
  });

  it('shows a picture as its description only', () => {
    expect(render('![a chart](https://exfil.invalid/c.png)')).not.toContain('exfil');
    expect(textOf(render('![a chart](https://exfil.invalid/c.png)'))).toBe('a chart');
  });

  it('keeps the words of texts built to exhaust a parser, in bounded time', () => {
    const bombs = [
      '>'.repeat(15_000),
      '- '.repeat(9_000),
      '['.repeat(15_000),
      '![a]('.repeat(3_000),
      '*a **b '.repeat(2_500),
      '`'.repeat(15_000),
      '<a '.repeat(5_000),
      '|'.repeat(15_000),
      '#'.repeat(15_000),
    ];
    const long = 'x '.repeat(300_000);
    for (const bomb of [...bombs, long]) {
      const began = performance.now();
      const html = render(`${bomb}end`);
      expect(strangers(html)).toEqual([]);
      expect(textOf(html)).toContain('end');
      // A guard against a hang, far above what any of these takes.
      expect(performance.now() - began).toBeLessThan(10_000);
    }
  });

  it('draws what answers are made of', () => {
    const text =
      '# Title\n\n1. one\n\n2. two\n\n   more\n\n| a | b |\n|---|--:|\n| 1 | 2 |\n\n```ts\nconst a = 1;\n\nconst b = 2;\n```\n\n- [x] done\n\nsee[^1]\n\n[^1]: the note';
    const html = render(text).replace(/ class="[^"]*"/g, '');
    expect(html).toBe(
      '<div dir="auto"><h3>Title</h3><ol>\n<li>\n<p>one</p>\n</li>\n<li>\n<p>two</p>\n<p>more</p>\n</li>\n</ol>' +
        '<div tabindex="0"><table><thead><tr><th scope="col">a</th><th scope="col" data-align="right">b</th></tr></thead><tbody><tr><td>1</td><td data-align="right">2</td></tr></tbody></table></div>' +
        '<div><div><span>ts</span><button type="button">Copy</button></div><pre tabindex="0"><code>const a = 1;\n\nconst b = 2;</code></pre></div>' +
        '<ul>\n<li><span>☑ </span> done</li>\n</ul><p>see[^1]</p><blockquote>\n<p>[^1]</p>\n<p>the note</p>\n</blockquote></div>',
    );
  });
});
