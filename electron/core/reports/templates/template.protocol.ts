import type { TemplateProblem } from '../../contract/templates.ts';
import type { Block } from '../blocks.ts';

/** What a template is rendered with. */
export type TemplateInput = {
  /** Markdown with Liquid. */
  readonly text: string;
  /** JSON of the values it may name. */
  readonly values: string;
  /** Ids of the sections it may place. */
  readonly sections: readonly string[];
  /** A value or a section that is not there is an error. If not strict, it is left out: a real report may lack what the sample has. */
  readonly strict: boolean;
};

/** What a template puts down, in order: own text under a title (empty: none), or a section of the report. */
export type TemplatePart =
  | { readonly type: 'own'; readonly title: string; readonly blocks: readonly Block[] }
  | { readonly type: 'section'; readonly id: string };

/** With an error among the problems, the parts are not to be used. */
export type RenderedTemplate = { readonly parts: readonly TemplatePart[]; readonly problems: readonly TemplateProblem[] };
