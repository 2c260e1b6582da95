import { z } from 'zod';
import { openCheckpoint, parseCheckpoint, type ParsedCheckpoint } from '../audit/checkpoint.ts';
import { AppError } from '../errors.ts';
import { openCosignature } from './cosignature.ts';
import { noteCosignature, noteSignature, parseNoteKey, type NoteKey } from './note-key.ts';

/** What a witness sends back: the newest head that it has cosigned, whether it is the one that was asked for or not. */
export type WitnessAnswer = {
  /** Verifier key of the witness. */
  readonly witness: string;
  readonly checkpoint: string;
  /** The line of the cosignature. */
  readonly cosignature: string;
  /** Why it did not cosign what it was asked for. */
  readonly refused: string | null;
};

const file = z.strictObject({
  format: z.literal('redoubt-witness-answer/1'),
  witness: z.string().max(400),
  checkpoint: z.string().max(2_048),
  cosignature: z.string().max(400),
  refused: z.string().max(100).nullable(),
});

/** The text of an answer file. */
export function formatAnswer(answer: WitnessAnswer): string {
  const content: z.infer<typeof file> = { format: 'redoubt-witness-answer/1', ...answer };
  return `${JSON.stringify(content, null, 2)}\n`;
}

export type OpenAnswer = {
  readonly witness: NoteKey;
  readonly head: ParsedCheckpoint;
  readonly at: number;
  readonly answer: WitnessAnswer;
};

/** Reads an answer file and checks the cosignature under the key that it names itself. @throws AppError `witness/bad-answer` */
export function parseAnswer(text: string): OpenAnswer {
  try {
    const { format: _, ...answer } = file.parse(JSON.parse(text));
    return openAnswer(answer);
  } catch (error) {
    throw new AppError(
      'witness/bad-answer',
      'This file is not the answer of a witness, or it is damaged. Nothing was changed. Copy the whole file again.',
      {},
      { cause: error },
    );
  }
}

/** @throws AppError `witness/bad-key`, `witness/bad-cosignature`, `audit/bad-checkpoint` */
export function openAnswer(answer: WitnessAnswer): OpenAnswer {
  const witness = parseNoteKey(answer.witness, noteCosignature);
  const head = parseCheckpoint(answer.checkpoint);
  const { at } = openCosignature(answer.cosignature, head.body, witness);
  return { witness, head, at, answer };
}

/** Checks that the log of `logKey` (a verifier key) signed the head. @throws AppError `audit/bad-checkpoint`, `witness/bad-key` */
export function requireSigned(checkpoint: string, logKey: string): ParsedCheckpoint {
  const key = parseNoteKey(logKey, noteSignature);
  const head = openCheckpoint(checkpoint, key.publicKey);
  if (head.origin !== key.name)
    throw new AppError('audit/bad-checkpoint', 'The signed head of the audit log cannot be trusted: it names another log.');
  return head;
}
