import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { getLlama, LlamaLogLevel, type Llama, type LlamaModel } from 'node-llama-cpp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { grammarOf } from '../grammar.ts';
import type { GrammarEngine, GrammarVocabulary } from './engine-grammar.ts';
import { codeOf, testAddon } from './testing/addon.ts';
import { grammars, schemas, texts } from './testing/arbitraries.ts';
import { ends, endToken, isText, mayBecomeText, nextToken, PeerGrammar, pieces, vocabularyFile } from './testing/grammars.ts';

const built = testAddon() as GrammarEngine | null;
const folder = mkdtempSync(join(tmpdir(), 'redoubt-grammar-'));
/** More of everything for a longer search; llama.cpp takes most of the time. */
const times = Number(process.env['REDOUBT_GRAMMAR_TIMES'] ?? 1);
const choices = fc.array(fc.nat(1e6), { minLength: 24, maxLength: 24 });
const piece = (token: number) => pieces[token] ?? Buffer.alloc(0);
/** llama.cpp refuses what begins with a zero byte. */
const isZero = (token: number) => piece(token)[0] === 0;

describe.skipIf(built === null)('grammars', () => {
  const vocabulary: GrammarVocabulary | undefined = built?.grammarVocabulary(pieces, ends);
  const compile = (...args: Parameters<GrammarVocabulary['compile']>) => {
    if (!vocabulary) throw new Error('no addon');
    return vocabulary.compile(...args).start();
  };
  let llama: Llama;
  let model: LlamaModel;
  beforeAll(async () => {
    writeFileSync(join(folder, 'vocabulary.gguf'), vocabularyFile());
    llama = await getLlama({ gpu: false, build: 'never', skipDownload: true, progressLogs: false, logLevel: LlamaLogLevel.disabled });
    model = await llama.loadModel({ modelPath: join(folder, 'vocabulary.gguf'), vocabOnly: true });
  });
  afterAll(async () => {
    await llama.dispose();
    rmSync(folder, { recursive: true });
  });

  /** Tokens on which we and llama.cpp differ though the bytes so far and the token's could become text. */
  function compareOnWalk(gbnf: string, choices: readonly number[], freely: number): { bytes: Buffer; ended: boolean } {
    const peer = new PeerGrammar(llama, model, gbnf);
    const state = compile(gbnf);
    let bytes = Buffer.alloc(0);
    for (const [step, choice] of choices.entries()) {
      const mask = state.mask();
      for (const token of pieces.keys()) {
        const allowed = mask[token] === 1;
        if (state.allows(token) !== allowed)
          throw new Error(`mask and allows() differ on ${String(token)} after ${JSON.stringify(bytes.toString())}`);
        if (piece(token).length === 0 && !ends.includes(token)) continue;
        if (isZero(token) || peer.allows(token) === allowed) continue;
        // It lets texts end within a code point, and takes what can never become one.
        if (!allowed && (ends.includes(token) ? !isText(bytes) : !mayBecomeText(Buffer.concat([bytes, piece(token)])))) continue;
        throw new Error(
          `llama.cpp ${allowed ? 'refuses' : 'takes'} ${JSON.stringify(piece(token).toString())} after ${JSON.stringify(bytes.toString())}`,
        );
      }
      const token = nextToken(state, choice, step < freely);
      if (!state.accept(token)) throw new Error('a token of the mask was refused');
      if (ends.includes(token)) return { bytes, ended: true };
      if (isZero(token)) break;
      peer.accept(token);
      bytes = Buffer.concat([bytes, piece(token)]);
    }
    return { bytes, ended: false };
  }

  it('allow what llama.cpp allows, step by step', () => {
    let compared = 0;
    fc.assert(
      fc.property(grammars, choices, (gbnf, choices) => {
        if (!PeerGrammar.of(llama, model, gbnf)) return;
        compared++;
        try {
          compareOnWalk(gbnf, choices.slice(0, 8), 8);
        } catch (error) {
          if ((error as { code?: string }).code !== 'grammar/dead-end') throw error;
        }
      }),
      { numRuns: 15 * times },
    );
    expect(compared).toBeGreaterThan(7);
  });

  it('of JSON schemas give what parses and validates, and allow what llama.cpp allows', async () => {
    let walks = 0;
    await fc.assert(
      fc.asyncProperty(schemas, choices, async (schema, choices) => {
        const gbnf = (await grammarOf(llama, { jsonSchema: schema })) as string;
        if (walks++ % 20 === 0) compareOnWalk(gbnf, choices.slice(0, 16), 12);
        const state = compile(gbnf);
        const written: Uint8Array[] = [];
        for (let step = 0; !state.finished(); step++) {
          if (step > 5000) throw new Error('the walk does not end');
          const token = nextToken(state, choices[step % choices.length] as number, step < 60);
          state.accept(token);
          if (ends.includes(token)) break;
          written.push(piece(token));
        }
        const text = new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(written));
        checkerOf(schema).parse(JSON.parse(text, (_, value: unknown) => (Math.abs(value as number) === Infinity ? 0 : value)));
      }),
      { numRuns: 200 * times },
    );
  });

  it('copy only substrings of their sources, and say where they stand', () => {
    const gbnf = 'root ::= "{\\"a\\":\\"" <copy:0> "\\",\\"b\\":[" ("\\"" <copy:1:some> "\\"" ("," "\\"" <copy:0> "\\"")*)? "]}"';
    fc.assert(
      fc.property(texts, texts, choices, (first, second, choices) => {
        const sources = [first, second];
        const state = compile(gbnf, sources);
        const written: Uint8Array[] = [];
        for (let step = 0; ; step++) {
          const mask = state.mask();
          for (const token of pieces.keys())
            if (state.allows(token) !== (mask[token] === 1)) throw new Error(`mask and allows() differ on ${String(token)}`);
          const token = nextToken(state, choices[step % choices.length] as number, step < 40);
          expect(state.accept(token)).toBe(true);
          if (ends.includes(token)) break;
          written.push(piece(token));
        }
        const { a, b } = JSON.parse(Buffer.concat(written).toString()) as { a: string; b: string[] };
        const copied = [a, ...b].map((text, i) => {
          const source = i === 1 ? 1 : 0;
          const begin = Buffer.from(sources[source] as string).indexOf(text);
          expect(begin).toBeGreaterThanOrEqual(0);
          return { source, begin, end: begin + Buffer.byteLength(text) };
        });
        expect(state.spans()).toEqual(copied);
      }),
      { numRuns: 60 * times },
    );
  });

  it('copy every substring, in the form of JSON.stringify only', () => {
    fc.assert(
      fc.property(texts, fc.nat(), fc.nat(), (source, from, length) => {
        const characters = [...source];
        const begin = from % (characters.length + 1);
        const text = characters.slice(begin, begin + (length % 12)).join('');
        const state = compile('root ::= "\\"" <copy:0> "\\""', [source]);
        for (const byte of Buffer.from(JSON.stringify(text))) {
          expect(state.mask()[byte]).toBe(1);
          state.accept(byte);
        }
        expect(state.finished()).toBe(true);
        const at = Buffer.from(source).indexOf(text);
        expect(state.spans()).toEqual([{ source: 0, begin: at, end: at + Buffer.byteLength(text) }]);
        // Everything else is no substring: a character that the source does not hold, or half of one.
        const other = compile('root ::= "\\"" <copy:0:some> "\\""', [source]);
        expect(other.acceptBytes(Buffer.from('""'))).toBe(false);
        expect(other.acceptBytes(Buffer.from(`"${text === '' ? '' : JSON.stringify(text).slice(1, -1)}\u{10fffd}`))).toBe(false);
      }),
      { numRuns: 60 * times },
    );
  });

  it('copy whole words, within a line', () => {
    const source = '姓名：王小明  电话 138 1234\nTotal: $1,200.50 (net), at 12:30\nre-use "x" art';
    const takes = (text: string, option = 'some,words,line') => {
      const state = compile(`root ::= "\\"" <copy:0:${option}> "\\""`, [source]);
      const taken = state.acceptBytes(Buffer.from(JSON.stringify(text)));
      return taken
        ? source.slice(0, 200).indexOf(text) === Buffer.from(source).subarray(0, state.spans()[0]?.begin).toString().length
        : false;
    };
    const good = [
      '王小明',
      '小明',
      '138 1234',
      '$1,200.50',
      'Total',
      '(net)',
      '12:30',
      're-use',
      'x',
      'art',
      'at 12:30',
      'Total: $1,200.50',
    ];
    const bad = [
      '138',
      '1234',
      '138 12',
      '1,200',
      '200.50',
      ': $1,200.50',
      'Tot',
      'otal',
      '12',
      ' at',
      'use',
      'ar',
      '王小明  电话',
      '1234\nTotal',
      're-use "x" art',
      '：王',
    ];
    expect(good.filter((text) => !takes(text))).toEqual([]);
    expect(bad.filter((text) => takes(text))).toEqual([]);
    expect(['138 1234\nTotal', 're-use "x" art', '王小明  电话'].filter((text) => !takes(text, 'words'))).toEqual([]);
  });

  it('name the place of a mistake and refuse what would not end', async () => {
    const refused = async (gbnf: string, sources: string[] = []) => {
      try {
        compile(gbnf, sources);
      } catch (error) {
        return `${(error as { code: string }).code} ${(error as Error).message.replace(/^.*\(/, '(')}`;
      }
      return 'taken';
    };
    expect(
      await Promise.all(
        ['root ::= "a', 'root ::= x', 'root ::= "a"\n\nx ::= [z-a]', 'a ::= "x"', 'root ::= ("a" | b*', 'root ::= <copy:0>'].map((g) =>
          refused(g),
        ),
      ),
    ).toEqual([
      'grammar/syntax (line 1, column 12)',
      'grammar/syntax (line 1, column 10)',
      'grammar/syntax (line 3, column 8)',
      'grammar/syntax (line 1, column 1)',
      'grammar/syntax (line 1, column 19)',
      'grammar/syntax (line 1, column 10)',
    ]);
    expect(await refused('root ::= a\na ::= "x"? b\nb ::= (c* a) | "y"\nc ::= "z"')).toBe('grammar/left-recursion (line 2, column 1)');
    expect(await refused(`root ::= ${'('.repeat(100_000)}`)).toMatch('grammar/syntax');
    expect(await refused('root ::= "a"{1,999999999}')).toBe('taken');
    expect(await refused(`root ::= ${'"a"'.repeat(1_500_000)}`)).toBe('grammar/too-large the grammar is larger than 4 MiB');
    // Each letter doubles the ways: refused after a while instead of running on.
    const ways = compile('root ::= "a" root "b" | "a" root "c" | "a"');
    expect(await codeOf(() => Array.from({ length: 40 }, () => ways.accept(97)))).toBe('grammar/too-complex');
    const deep = compile('root ::= "[" root "]" | "x"', [], { depth: 100 });
    expect(await codeOf(() => Array.from({ length: 101 }, () => deep.accept('['.charCodeAt(0))))).toBe('grammar/too-complex');
    const nowhere = built
      ?.grammarVocabulary([Buffer.from('a'), Buffer.alloc(0)], Int32Array.of(1))
      .compile('root ::= "ab"')
      .start();
    expect(await codeOf(() => nowhere?.accept(0) && nowhere.mask())).toBe('grammar/dead-end');
  });

  it('count repetitions exactly, however long, and forget states when they fill the memory', () => {
    for (const [min, max] of [
      [3, 7],
      [0, 90],
      [70, 300],
      [2000, 5000],
    ] as const) {
      const state = compile(`root ::= "[" ("ab" | "é"){${min},${max}} "]"`, [], { machineBytes: 40_000, maskBytes: 2000 });
      state.accept('['.charCodeAt(0));
      for (let count = 0; ; count++) {
        const close = ']'.charCodeAt(0);
        const mask = state.mask();
        expect([count, mask[close], mask[97]]).toEqual([count, count >= min ? 1 : 0, count < max ? 1 : 0]);
        if (count === max) break;
        expect(state.acceptBytes(Buffer.from(count % 3 === 0 ? 'é' : 'ab'))).toBe(true);
      }
    }
  });

  it('tell what is forced, and go on from a copy of a state', () => {
    const state = compile('root ::= "{\\"kind\\": \\"" ("person" | "pet") "\\", \\"名\\": \\"" <copy:0> "\\"}"', ['x']);
    expect(state.forced()).toBe('{"kind": "pe');
    state.acceptBytes(Buffer.from(state.forced()));
    const other = state.copy();
    expect([state.acceptBytes(Buffer.from('rs')), state.forced()]).toEqual([true, 'on", "名": "']);
    expect([other.acceptBytes(Buffer.from('t')), other.forced()]).toEqual([true, '", "名": "']);
    other.acceptBytes(Buffer.from('", "名": "x"}'));
    expect([other.finished(), other.accept(endToken), other.accept(97), state.mayEnd()]).toEqual([true, true, false, false]);
  });
});

/** Zod takes only safe integers for integers, JSON Schema any: 16 digits are one, too. (And 9e999 is a number in JSON.) */
function checkerOf(schema: unknown): z.ZodType {
  const loose: unknown = JSON.parse(JSON.stringify(schema), (_, value: unknown) =>
    (value as { type?: unknown } | null)?.type === 'integer' ? { type: 'number', multipleOf: 1 } : value,
  );
  return z.fromJSONSchema(loose as Parameters<typeof z.fromJSONSchema>[0]);
}
