import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

const list = z.object({
  samples: z.array(
    z.object({
      file: z.string().regex(/^[\w.-]+$/),
      kind: z.enum(['pdf', 'image']),
      language: z.enum(['en', 'zh']),
      /** How its text must be got at. */
      reading: z.enum(['text', 'ocr']),
      /** Every piece of invented personal data in it. */
      identifiers: z.array(z.object({ type: z.string(), value: z.string() })),
      /** Fields to extract and what is printed for each. */
      fields: z.record(z.string(), z.string()),
    }),
  ),
});
export type Sample = z.infer<typeof list>['samples'][number];

/** What `samples.json` says about the sample documents in `folder`. */
export function listSamples(folder: string): Sample[] {
  return list.parse(JSON.parse(readFileSync(join(folder, 'samples.json'), 'utf8'))).samples;
}

/** The sample documents themselves. They are ours, so core may read them; their content is parsed elsewhere like any other. */
export function readSamples(folder: string): { name: string; bytes: Uint8Array }[] {
  return listSamples(folder).map(({ file }) => ({ name: file, bytes: readFileSync(join(folder, file)) }));
}
