import { z } from 'zod';
import { pageSource, type DocumentPage, type Word } from '../contract/documents.ts';

/** A word as it is stored: shorter by half than as an object, which counts with hundreds of words a page. */
const storedWords = z.array(z.tuple([z.string(), z.number(), z.number(), z.number(), z.number(), z.number()]));

const row = z.object({
  number: z.number(),
  width: z.number(),
  height: z.number(),
  source: pageSource,
  text: z.string(),
  words: z.string(),
  problem_code: z.string().nullable(),
  problem_message: z.string().nullable(),
});

export function parsePage(found: unknown): DocumentPage {
  const { number, width, height, source, text, words, problem_code, problem_message } = row.parse(found);
  return {
    number,
    width,
    height,
    source,
    text,
    words: storedWords
      .parse(JSON.parse(words))
      .map(([word, x0, y0, x1, y1, confidence]): Word => ({ text: word, box: [x0, y0, x1, y1], confidence })),
    ...(problem_code === null ? {} : { problem: { code: problem_code, message: problem_message ?? '' } }),
  };
}

export function storeWords(words: readonly Word[]): string {
  return JSON.stringify(words.map(({ text, box, confidence }) => [text, ...box, confidence]));
}
