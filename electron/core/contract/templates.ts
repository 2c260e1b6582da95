import { z } from 'zod';
import { command, fileSource, id, query, sha256, timestamp } from './base.ts';
import { reportKind, reportLanguage } from './reports.ts';

/** Largest logo that is taken, bytes of the file. */
export const largestLogoBytes = 1024 * 1024;
export const largestTemplate = 64 * 1024;

/** What stands at the top and the bottom of every page. */
const banner = z.string().trim().min(1).max(80);

export const reportTemplate = z.object({
  id,
  kind: reportKind,
  language: reportLanguage,
  name: z.string(),
  /** Comes with Redoubt and cannot be changed; copy its text into an own one. Its id is the same in every vault. */
  builtIn: z.boolean(),
  /** Markdown with Liquid; `{% section 'id' %}` places a section, `{% sections %}` all that are placed nowhere else. */
  text: z.string(),
  sha256,
  changedAt: timestamp.nullable(),
  changedBy: z.string().nullable(),
});
export type ReportTemplate = z.infer<typeof reportTemplate>;

/** What is wrong with a template. `line` and `column` count from 1 in its text; null where it shows only in what came out. */
export const templateProblem = z.object({
  /** An error keeps the template from being used; a warning says that something is lost or left out. */
  severity: z.enum(['error', 'warning']),
  code: z.enum([
    /** Liquid that cannot be read. */
    'templates/syntax',
    /** A name that the report has no value for. */
    'templates/unknown-value',
    'templates/unknown-section',
    /** A section that is placed inside a list or a table: it stands on a line of its own. */
    'templates/section-inside',
    /** Markdown that a report does not show (pictures, HTML). */
    'templates/unsupported',
    /** It takes too long, too much memory, or too much comes out. */
    'templates/too-much',
    /** A section that the template never places. */
    'templates/left-out',
  ]),
  message: z.string(),
  line: z.number().int().nullable(),
  column: z.number().int().nullable(),
  /** The section, the value or the construct. */
  name: z.string().nullable(),
});
export type TemplateProblem = z.infer<typeof templateProblem>;

export const organisation = z.object({
  name: z.string().nullable(),
  /** PNG. */
  logo: z.object({ base64: z.string(), width: z.number().int(), height: z.number().int() }).nullable(),
  /** The classification of a report that names none. */
  classification: banner.nullable(),
});
export type Organisation = z.infer<typeof organisation>;

export const templatesContract = {
  /** Built-in ones first. Whoever makes a report chooses one; they hold nothing of a case. */
  list: query('signed-in')
    .input(z.object({ kind: reportKind.optional(), language: reportLanguage.optional() }).default({}))
    .output(z.array(reportTemplate)),
  /** What a template of the kind may name: its sections, in their usual order, and the values (`data.…`). */
  vocabulary: query('signed-in')
    .input(z.object({ kind: reportKind, language: reportLanguage }))
    .output(z.object({ sections: z.array(z.object({ id: z.string(), title: z.string() })), values: z.array(z.string()) })),
  /** Adds one, or replaces an own one. Fails with `templates/invalid` (details: line, problem) where it has errors. */
  save: command('design.manage', 'templates.save')
    .input(
      z.object({
        id: id.optional(),
        kind: reportKind,
        language: reportLanguage,
        name: z.string().trim().min(1).max(120),
        text: z.string().min(1).max(largestTemplate),
      }),
    )
    .output(reportTemplate),
  /** Reports that were made with it stay as they are. */
  remove: command('design.manage', 'templates.remove').input(z.object({ id })).output(z.object({})),
  /** Lays out a template that need not be saved, with sample data and the organisation's name and logo. Nothing is stored. */
  preview: query('design.manage')
    .input(
      z.object({
        kind: reportKind,
        language: reportLanguage,
        text: z.string().max(largestTemplate),
        classification: banner.nullable().default(null),
        /** The page that is drawn as a picture, from 1. */
        page: z.number().int().min(1).max(1000).default(1),
      }),
    )
    .output(
      z.object({
        problems: z.array(templateProblem),
        /** Null where an error keeps it from being laid out. */
        preview: z
          .object({
            pdfBase64: z.string(),
            pages: z.number().int(),
            /** `page`, or the last one where there are fewer. */
            picture: z.object({
              page: z.number().int(),
              mediaType: z.enum(['image/png', 'image/jpeg']),
              base64: z.string(),
              width: z.number().int(),
              height: z.number().int(),
            }),
          })
          .nullable(),
      }),
    ),
  organisation: query('signed-in').output(organisation),
  /** `logo` absent: stays as it is; null: none; otherwise a PNG or JPEG of at most `largestLogoBytes`. */
  setOrganisation: command('design.manage', 'templates.set-organisation')
    .input(
      z.object({
        name: z.string().trim().min(1).max(120).nullable(),
        classification: banner.nullable(),
        logo: fileSource.nullable().optional(),
      }),
    )
    .output(organisation),
};
