import { randomBytes } from 'node:crypto';
import type { Nodes } from 'mdast';
import type { TemplateProblem } from '../../contract/templates.ts';
import type { Block } from '../blocks.ts';
import { isTooMuch, renderLiquid, tooMuch } from './liquid.ts';
import { parseMarkdown, toBlocks } from './markdown-blocks.ts';
import type { RenderedTemplate, TemplateInput, TemplatePart } from './template.protocol.ts';

/**
 * Renders a template: Liquid to Markdown, Markdown to blocks. It runs on a thread of the documents process, because a
 * template may be hostile; nothing here reads anything but its arguments.
 */
export function renderTemplate(input: TemplateInput): RenderedTemplate {
  try {
    return render(input);
  } catch (error) {
    if (isTooMuch(error)) return { parts: [], problems: [tooMuch(null)] };
    throw error;
  }
}

function render({ text, values, sections, strict }: TemplateInput): RenderedTemplate {
  // Nobody can guess it, so no value and no text can pretend to be a section.
  const secret = `section${randomBytes(16).toString('hex')}`;
  const mark = (id: string | null) => `${secret}${id === null ? rest : sections.indexOf(id)}`;
  const { markdown, problems } = renderLiquid({ text, values: JSON.parse(values) as object, sections, strict }, mark);
  if (problems.length > 0) return { parts: [], problems };
  const found: TemplateProblem[] = [];
  const parts = arrange(markdown, secret, sections, found);
  if (found.some(({ severity }) => severity === 'error')) return { parts: [], problems: found };
  const placed = new Set(parts.flatMap((part) => (part.type === 'section' ? [part.id] : [])));
  const leftOut = sections.filter((id) => !placed.has(id)).map(leftOutProblem);
  const here = unsupportedIn(text);
  // Of what came out, only what the template itself does not show: a table that a loop made too wide.
  const madeUp = found.filter(({ name }) => !here.some((problem) => problem.name === name)).slice(0, 1);
  return { parts, problems: [...leftOut, ...here, ...madeUp] };
}

const rest = 'rest';
/** How often one section may stand in a report: core lays out each anew, and a real one may have thousands of rows. */
const mostPlaced = 3;

function arrange(markdown: string, secret: string, sections: readonly string[], found: TemplateProblem[]): TemplatePart[] {
  const parts: (TemplatePart | typeof rest)[] = [];
  let own: { type: 'own'; title: string; blocks: Block[] } | null = null;
  const begin = (title: string) => {
    own = { type: 'own', title, blocks: [] };
    parts.push(own);
    return own;
  };
  for (const node of parseMarkdown(markdown)) {
    const [block, ...more] = toBlocks(node, (child) => void found.push(unsupported({ type: child.type })));
    if (node.type === 'heading' && node.depth === 1) {
      begin(block?.type === 'heading' ? block.text : '');
      continue;
    }
    if (!block) continue;
    const place = block.type === 'text' && block.text.startsWith(secret) ? block.text.slice(secret.length) : null;
    const section = place === null ? undefined : sections[Number(place)];
    if (place === rest || section !== undefined) {
      parts.push(section === undefined ? rest : { type: 'section', id: section });
      own = null;
      continue;
    }
    if (JSON.stringify(block).includes(secret)) {
      found.push(inside());
      continue;
    }
    (own ?? begin('')).blocks.push(block, ...more);
  }
  const places = Map.groupBy(parts, (part) => (part !== rest && part.type === 'section' ? part.id : null));
  if ([...places].some(([id, each]) => id !== null && each.length > mostPlaced)) found.push(tooMuch(null));
  return withRest(parts, sections);
}

/** The sections that are placed nowhere, where the template says so first. */
function withRest(parts: readonly (TemplatePart | typeof rest)[], sections: readonly string[]): TemplatePart[] {
  const named = new Set(parts.flatMap((part) => (part !== rest && part.type === 'section' ? [part.id] : [])));
  const others = sections.filter((id) => !named.has(id)).map((id): TemplatePart => ({ type: 'section', id }));
  return parts.flatMap((part) => (part === rest ? others.splice(0) : [part]));
}

/** What a report does not show, found in the template itself so that the line is the writer's. */
function unsupportedIn(text: string): TemplateProblem[] {
  const withoutLiquid = text.replace(/\{\{.*?\}\}|\{%.*?%\}/gs, (tag) => tag.replace(/[^\n]/g, 'x'));
  const problems: TemplateProblem[] = [];
  for (const node of parseMarkdown(withoutLiquid)) toBlocks(node, (child) => void problems.push(unsupported(child)));
  return problems;
}

function unsupported({ type, position }: Pick<Nodes, 'type' | 'position'>): TemplateProblem {
  const { line = null, column = null } = position?.start ?? {};
  const message = `A report does not show this part (${type}).`;
  return { severity: 'warning', code: 'templates/unsupported', message, line, column, name: type };
}

function leftOutProblem(id: string): TemplateProblem {
  const message = `The section “${id}” is not placed: the report will not show it.`;
  return { severity: 'warning', code: 'templates/left-out', message, line: null, column: null, name: id };
}

function inside(): TemplateProblem {
  const message = 'A section stands inside something else. Place it on a line of its own.';
  return { severity: 'error', code: 'templates/section-inside', message, line: null, column: null, name: null };
}
