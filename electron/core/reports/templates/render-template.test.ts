import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { builtInTemplates } from './built-in-templates.ts';
import { renderTemplate } from './render-template.ts';
import { sampleReport } from './sample-report.ts';

const hostile = '# no heading | <b>x</b> `a` [l](http://x) ![p](x)\n\n- item\n\n    code\n1. one\n{% section "a" %}{{ secret }}\\';
const values = { title: hostile, data: { big: 'x'.repeat(1000), none: null, list: [1, 2] }, sections: [{ id: 'a' }, { id: 'b' }] };
const render = (text: string, strict = true) => renderTemplate({ text, values: JSON.stringify(values), sections: ['a', 'b'], strict });
const oneLine = hostile.replace(/\s+/g, ' ');

test('Markdown becomes blocks, sections stand where they are placed, and values stay plain text', () => {
  const text = `before\n\n# {{ title }}\n\n## Two\n\n*a* **b** \`c\`\n\n{% section 'b' %}\n> [!WARNING]\n> take care
\n| {{ title }} | n |\n|---|--:|\n| {{ title }} | 2 |\n\n3. x\n   - y\n4. {{ data.list }}\n\n{% section "a" %}`;
  const cell = { type: 'table', caption: null, rows: [[oneLine, '2']] };
  expect(render(text)).toEqual({
    problems: [],
    parts: [
      { type: 'own', title: '', blocks: [{ type: 'text', text: 'before' }] },
      {
        type: 'own',
        title: oneLine,
        blocks: [
          { type: 'heading', level: 2, text: 'Two' },
          { type: 'text', text: 'a b c' },
        ],
      },
      { type: 'section', id: 'b' },
      {
        type: 'own',
        title: '',
        blocks: [
          { type: 'notice', tone: 'warning', text: 'take care' },
          {
            ...cell,
            columns: [
              { title: oneLine, align: 'left', share: 40 },
              { title: 'n', align: 'right', share: 5 },
            ],
          },
          { type: 'list', ordered: true, items: ['x\n– y', '[1,2]'] },
        ],
      },
      { type: 'section', id: 'a' },
    ],
  });
});

test('{% sections %} places what is placed nowhere else, once', () => {
  const ids = (text: string) => render(text).parts.map((part) => (part.type === 'section' ? part.id : part.title));
  expect(ids('{% sections %}')).toEqual(['a', 'b']);
  expect(ids('{% sections %}\n\n# T\n{% section "a" %}\n{% sections %}')).toEqual(['b', 'T', 'a']);
  expect(render('{% section "b" %}{% section "a" %}{% sections %}').problems).toEqual([]);
});

test.each(builtInTemplates)('the built-in template $id names every section of its report, in its order', ({ kind, language, text }) => {
  const { values, sections } = sampleReport(kind, language);
  const ids = sections.map(({ id }) => id);
  const { parts, problems } = renderTemplate({ text, values: JSON.stringify(values), sections: ids, strict: true });
  expect({ parts, problems }).toEqual({ parts: ids.map((id) => ({ type: 'section', id })), problems: [] });
});

test('whatever a value holds, it comes out as it went in and makes no structure', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 60 }), (value) => {
      const { parts } = renderTemplate({ text: 'a {{ v }} z', values: JSON.stringify({ v: value }), sections: [], strict: true });
      const expected = `a ${value.replace(/\s+/g, ' ')} z`.replaceAll('\0', '\uFFFD').replace(/ +/g, ' ');
      const [part] = parts;
      const shown = part?.type === 'own' && part.blocks[0]?.type === 'text' ? part.blocks[0].text.replace(/ +/g, ' ') : null;
      expect(shown).toBe(expected);
      expect(parts).toHaveLength(1);
    }),
  );
});

describe('what is wrong is told with its line', () => {
  it.each([
    ['a\nb\n{% if title %}\nc', 'templates/syntax', 3],
    ['a\n{{ title', 'templates/syntax', 2],
    ['\n\n  {% bogus %}', 'templates/syntax', 3],
    ['{{ title | raw }}', 'templates/syntax', 1],
    ['{% include "/etc/passwd" %}', 'templates/syntax', 1],
    ['{% render "/etc/passwd" %}', 'templates/syntax', 1],
    ['{% layout "/etc/passwd" %}', 'templates/syntax', 1],
    ['{% section %}', 'templates/syntax', 1],
    ['{% sections "a" %}', 'templates/syntax', 1],
    ['\n{{ data.nope.deep }}', 'templates/unknown-value', 2],
    ['{{ title.constructor.constructor }}', 'templates/unknown-value', 1],
    ['{{ data.__proto__ }}', 'templates/unknown-value', 1],
    ['\n{% section "z" %}', 'templates/unknown-section', 2],
    ['```\n{% section "a" %}\n```', 'templates/section-inside', null],
    ['{% for i in (1..1000000000) %}x{% endfor %}', 'templates/too-much', 1],
    ['{% assign a = data.big %}{% for i in (1..60) %}{% assign a = a | append: a %}{% endfor %}', 'templates/too-much', 1],
    ['{% for i in (1..40000) %}{{ data.big }}{% endfor %}', 'templates/too-much', null],
    [`${'{% if true %}'.repeat(2500)}x${'{% endif %}'.repeat(2500)}`, 'templates/too-much', null],
    ['x'.repeat(70_000), 'templates/too-much', null],
    ['{% for i in (1..30000) %}\n{% endfor %}', 'templates/too-much', null],
    ['{% for i in (1..4000) %}{% section "a" %}{% endfor %}', 'templates/too-much', null],
  ])('%.40s', (text, code, line) => {
    const { parts, problems } = render(text);
    expect(parts).toEqual([]);
    expect(problems[0]).toMatchObject({ severity: 'error', code, ...(code === 'templates/too-much' ? {} : { line }) });
  });

  it('says what a report will not show', () => {
    const { problems } = render('one\n\n![x](y.png)\n\n{% section "a" %}');
    expect(problems.map(({ severity, code, line, name }) => [severity, code, line, name])).toEqual([
      ['warning', 'templates/left-out', null, 'b'],
      ['warning', 'templates/unsupported', 3, 'image'],
    ]);
  });

  it('does not show a table that a loop made too wide', () => {
    const row = '{% for i in (1..100) %}| a {% endfor %}|';
    const { parts, problems } = render(`${row}\n{% for i in (1..100) %}|---{% endfor %}|\n${row}\n\n{% sections %}`);
    expect(parts).toHaveLength(2);
    expect(problems.map(({ code, name }) => [code, name])).toEqual([['templates/unsupported', 'table']]);
  });

  it('leaves out what a real report lacks', () => {
    const { parts, problems } = render('x{{ data.nope.deep }}y\n\n{% section "z" %}', false);
    expect(problems.filter(({ severity }) => severity === 'error')).toEqual([]);
    expect(parts).toEqual([{ type: 'own', title: '', blocks: [{ type: 'text', text: 'xy' }] }]);
  });
});
