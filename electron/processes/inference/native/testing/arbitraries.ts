import fc from 'fast-check';
import type { Json } from '../../../../core/contract/base.ts';

const literals = ['"a"', '"ab"', '"abc"', '"{"', '"\\""', '"é"', '"案"', '"🔒"', '"1"', '" "', '"\\n"', '""'];
const classes = ['[a-c]', '[^"\\\\]', '[0-9]', '[é-ü]', '[案证]', '.', '[^a-z]', '[\\x00-\\x1F\\x7F]', '[🔒-🔓a]', '[-a]', '[\\u00e9b]'];
const quantifiers = ['', '', '', '?', '*', '+', '{2}', '{1,3}', '{0,2}', '{2,}', '{3,40}', '{0,70}'];
/** For what may be empty or ambiguous: llama.cpp takes exponential time over more. */
const fewQuantifiers = ['', '', '', '?', '*', '{2}'];
const ruleCount = 4;

/** A sequence of items; rules behind the present one may be called anywhere, all of them after a bracket (so that none begins with itself). */
function sequence(rule: number, depth: number): fc.Arbitrary<string> {
  const quantified = (item: fc.Arbitrary<string>, by = fewQuantifiers) =>
    fc.tuple(item, fc.constantFrom(...by)).map(([text, quantifier]) => text + quantifier);
  const later = Array.from({ length: ruleCount - rule - 1 }, (_, i) => `r${rule + 1 + i}`);
  const items = [
    quantified(fc.constantFrom(...literals.slice(0, -1)), quantifiers),
    quantified(fc.constantFrom(...classes), quantifiers),
    fc.constantFrom(...literals),
    fc.nat(ruleCount - 1).map((called) => `"(" r${called} ")"`),
    ...(later.length > 0 ? [quantified(fc.constantFrom(...later))] : []),
    ...(depth > 0 ? [quantified(alternatives(rule, depth - 1).map((text) => `(${text})`))] : []),
  ];
  return fc.array(fc.oneof(...items), { minLength: 1, maxLength: 3 }).map((parts) => parts.join(' '));
}

function alternatives(rule: number, depth: number): fc.Arbitrary<string> {
  return fc.array(sequence(rule, depth), { minLength: 1, maxLength: 3 }).map((parts) => parts.join(' | '));
}

export const grammars: fc.Arbitrary<string> = fc
  .tuple(...Array.from({ length: ruleCount }, (_, rule) => alternatives(rule, 1)))
  .map((bodies) => [...bodies.map((body, rule) => `r${rule} ::= ${body} # ${rule}`), 'root ::= r0'].join('\n'));

const names = fc.constantFrom('a', 'name', '名称', 'with "quotes"', 'é', '🔒', 'line\nbreak', 'back\\slash');
const values = fc.oneof(
  fc.constantFrom('x', 'person', '案件', 'é"q"', '🔒🔒', 'a\tb'),
  fc.integer({ min: -50, max: 5000 }),
  fc.boolean(),
  fc.constant(null),
);

/** Schemas as forms have them: nested objects and arrays, enumerations, counted texts, numbers, unions. */
export const schemas: fc.Arbitrary<Json> = fc.letrec<{ any: Json; object: Json }>((tie) => ({
  any: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.constantFrom<Json[]>({ type: 'string' }, { type: 'integer' }, { type: 'number' }, { type: 'boolean' }, { type: 'null' }),
    fc.tuple(fc.nat(3), fc.nat(30)).map(([minLength, more]): Json => ({ type: 'string', minLength, maxLength: minLength + more })),
    fc.uniqueArray(values, { minLength: 1, maxLength: 4 }).map((list): Json => ({ enum: list })),
    fc
      .tuple(tie('any'), fc.nat(2), fc.integer({ min: 1, max: 3 }))
      .map(([items, minItems, more]): Json => ({ type: 'array', items, minItems, maxItems: minItems + more })),
    tie('any').map((items): Json => ({ type: 'array', items })),
    tie('any').map((items): Json => ({ oneOf: [{ type: 'integer' }, { type: 'array', items }] })),
    tie('object'),
  ),
  object: fc
    .dictionary(names, tie('any'), { minKeys: 1, maxKeys: 4 })
    .map((properties): Json => ({ type: 'object', properties, required: Object.keys(properties), additionalProperties: false })),
})).object;

/** Texts with what JSON escapes, more than one occurrence of most things, and code points of every length. */
export const texts: fc.Arbitrary<string> = fc
  .array(
    fc.constantFrom(
      'a',
      'b',
      'ab',
      'abc',
      ' ',
      '\n',
      '"',
      '\\',
      '\t',
      '\u0001',
      '\u001f',
      '\u007f',
      'é',
      '案',
      '证据',
      '🔒',
      'name',
      '1',
      '/',
    ),
    {
      maxLength: 40,
    },
  )
  .map((parts) => parts.join(''));
