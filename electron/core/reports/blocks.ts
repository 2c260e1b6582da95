import { z } from 'zod';

/** One part of a report as it is shown: in the PDF, in the page's preview, and by an auditor's program. Texts are in the report's language. */
export const block = z.discriminatedUnion('type', [
  /** Paragraphs, divided by an empty line. */
  z.strictObject({ type: z.literal('text'), text: z.string() }),
  z.strictObject({ type: z.literal('heading'), level: z.union([z.literal(2), z.literal(3)]), text: z.string() }),
  z.strictObject({ type: z.literal('list'), ordered: z.boolean(), items: z.array(z.string()) }),
  /** Names with their values, one a line. */
  z.strictObject({ type: z.literal('facts'), rows: z.array(z.strictObject({ label: z.string(), value: z.string() })) }),
  z.strictObject({
    type: z.literal('table'),
    caption: z.string().nullable(),
    /** `share`: of the width, relative to the others. */
    columns: z.array(z.strictObject({ title: z.string(), align: z.enum(['left', 'right']), share: z.number().positive() })).min(1),
    /** Each as long as `columns`. */
    rows: z.array(z.array(z.string())),
  }),
  z.strictObject({
    type: z.literal('chart'),
    chart: z.enum(['bar', 'line']),
    caption: z.string(),
    unit: z.string().nullable(),
    labels: z.array(z.string()),
    /** Each as long as `labels`. */
    series: z.array(z.strictObject({ name: z.string(), values: z.array(z.number()) })).min(1),
  }),
  /** Requirements and whether they are met, each with what was found. */
  z.strictObject({
    type: z.literal('controls'),
    items: z.array(
      z.strictObject({
        reference: z.string(),
        title: z.string(),
        status: z.enum(['met', 'not-met', 'customer']),
        evidence: z.array(z.string()),
      }),
    ),
  }),
  z.strictObject({ type: z.literal('notice'), tone: z.enum(['info', 'warning']), text: z.string() }),
]);
export type Block = z.infer<typeof block>;

/** `id` is what a template names. */
export const section = z.strictObject({ id: z.string(), title: z.string(), blocks: z.array(block) });
export type Section = z.infer<typeof section>;
