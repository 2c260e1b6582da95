import { Liquid, LiquidError, Tag, Value, type Context, type Emitter, type TagToken, type TopLevelToken } from 'liquidjs';
import type { TemplateProblem } from '../../contract/templates.ts';
import { escapeMarkdown } from './escape-markdown.ts';
import { time } from './time.ts';

/** Milliseconds, created values, characters, tags and lines that one rendering may take; the thread it runs on has harder limits. */
const limits = { renderMs: 1500, memory: 20_000_000, template: 64 * 1024, tags: 1000, output: 512 * 1024, lines: 20_000 };
const mostProblems = 20;
/** Tags that read other templates or write HTML, and filters that are for HTML or step around the escaping. */
const removedTags = ['include', 'render', 'layout', 'block', 'tablerow'];
const removedFilters = ['raw', 'escape', 'escape_once', 'newline_to_br', 'strip_html', 'xml_escape', 'base64_encode', 'base64_decode'];

class UnknownSection extends Error {
  readonly id: string;

  constructor(id: string) {
    super(`This report has no section “${id}”.`);
    this.id = id;
  }
}

export type LiquidOutput = { readonly markdown: string; readonly problems: readonly TemplateProblem[] };

/**
 * Renders Liquid to Markdown. Values are escaped, so that what they hold is never taken for Markdown. `{% section 'id' %}`
 * leaves what `mark` gives for the id on a line of its own, `{% sections %}` what it gives for null: all that are placed
 * nowhere else. There are no files to read and no other templates.
 */
export function renderLiquid(
  { text, values, sections, strict }: { text: string; values: object; sections: readonly string[]; strict: boolean },
  mark: (id: string | null) => string,
): LiquidOutput {
  // The engine's time to read them grows with the square of their depth.
  if (text.split('{%').length > limits.tags) return { markdown: '', problems: [tooMuch(null)] };
  const liquid = engine(sections, strict, mark);
  try {
    const markdown = String(liquid.renderSync(liquid.parse(text), values));
    const isLong = markdown.length > limits.output || markdown.split('\n').length > limits.lines;
    if (isLong) return { markdown: '', problems: [tooMuch(null)] };
    return { markdown, problems: [] };
  } catch (error) {
    if (LiquidError.is(error)) {
      const all = (error as LiquidError & { errors?: readonly LiquidError[] }).errors ?? [error];
      return { markdown: '', problems: all.slice(0, mostProblems).map(problemOf) };
    }
    if (isTooMuch(error)) return { markdown: '', problems: [tooMuch(null)] };
    throw error;
  }
}

function engine(sections: readonly string[], strict: boolean, mark: (id: string | null) => string): Liquid {
  const liquid = new Liquid({
    templates: {},
    cache: false,
    dynamicPartials: false,
    strictFilters: true,
    strictVariables: strict,
    lenientIf: true,
    ownPropertyOnly: true,
    catchAllErrors: true,
    timezoneOffset: 0,
    locale: 'en',
    outputEscape: escapeMarkdown,
    parseLimit: limits.template,
    renderLimit: limits.renderMs,
    memoryLimit: limits.memory,
  });
  for (const name of removedTags) delete liquid.tags[name];
  for (const name of removedFilters) delete liquid.filters[name];
  liquid.registerFilter('time', (value: unknown) => (typeof value === 'number' ? time(value) : ''));
  liquid.registerTag('section', sectionTag(sections, strict, mark));
  liquid.registerTag('sections', {
    parse(token: TagToken) {
      if (token.args.trim() !== '') throw new Error('The tag names nothing: write {% sections %}, or {% section "id" %} for one.');
    },
    render: (_context: Context, emitter: Emitter) => emitter.write(placed(mark(null))),
  });
  return liquid;
}

const placed = (mark: string) => `\n\n${mark}\n\n`;

function sectionTag(sections: readonly string[], strict: boolean, mark: (id: string) => string): Parameters<Liquid['registerTag']>[1] {
  return class extends Tag {
    readonly #value: Value;

    constructor(token: TagToken, rest: TopLevelToken[], of: Liquid) {
      super(token, rest, of);
      if (token.args.trim() === '') throw new Error('The tag names no section: write {% section "id" %}.');
      this.#value = new Value(token.args, of);
    }

    *render(context: Context, emitter: Emitter): Generator<unknown, void, unknown> {
      const id = String(yield this.#value.value(context, false));
      if (sections.includes(id)) emitter.write(placed(mark(id)));
      else if (strict) throw new UnknownSection(id);
    }
  };
}

function problemOf(error: LiquidError): TemplateProblem {
  const [line, column] = error.token.getPosition() as [number, number];
  const cause = error.originalError;
  if (cause instanceof UnknownSection)
    return { severity: 'error', code: 'templates/unknown-section', message: cause.message, line, column, name: cause.id };
  const message = (cause?.message ?? error.message).replace(/, (?:file:.*, )?line:\d+, col:\d+$/s, '');
  if (isTooMuch(cause ?? error)) return tooMuch(line);
  const unknown = /^undefined variable: (.*)$/s.exec(message);
  if (unknown) {
    const name = unknown[1] ?? '';
    return { severity: 'error', code: 'templates/unknown-value', message: `The report has no value “${name}”.`, line, column, name };
  }
  return { severity: 'error', code: 'templates/syntax', message, line, column, name: null };
}

/** A limit of ours or the engine's, or of the stack. */
export function isTooMuch(error: unknown): boolean {
  return error instanceof RangeError || (error instanceof Error && / limit exceeded/.test(error.message));
}

export function tooMuch(line: number | null): TemplateProblem {
  const message = 'The template is too long or too deep, takes too long, or too much comes out of it. Use fewer and shorter loops.';
  return { severity: 'error', code: 'templates/too-much', message, line, column: null, name: null };
}
