import { z } from 'zod';
import { parseCheckpoint, type ParsedCheckpoint } from '../audit/checkpoint.ts';
import type { Hash } from '../audit/merkle.ts';
import { AppError } from '../errors.ts';

/**
 * What a log asks of a witness: the head to cosign, the size of the head the witness cosigned last (0: none yet), and
 * the proof that the one continues the other.
 */
export type WitnessRequest = {
  /** Verifier key of the log (signed note). */
  readonly logKey: string;
  readonly old: number;
  readonly proof: readonly Hash[];
  /** The signed head. */
  readonly checkpoint: string;
};

const file = z.strictObject({
  format: z.literal('redoubt-witness-request/1'),
  logKey: z.string().max(400),
  /** The body of C2SP tlog-witness `add-checkpoint`. */
  addCheckpoint: z.string().max(16_384),
});

const body = /^old (?<old>0|[1-9]\d{0,15})\n(?<proof>(?:[A-Za-z0-9+/]{43}=\n){0,63})\n(?<checkpoint>[\s\S]+)$/;

/** The text of a request file. */
export function formatRequest({ logKey, old, proof, checkpoint }: WitnessRequest): string {
  const lines = proof.map((hash) => `${Buffer.from(hash).toString('base64')}\n`).join('');
  const content: z.infer<typeof file> = {
    format: 'redoubt-witness-request/1',
    logKey,
    addCheckpoint: `old ${old}\n${lines}\n${checkpoint}`,
  };
  return `${JSON.stringify(content, null, 2)}\n`;
}

/** Reads a request file; its signature is not checked yet. @throws AppError `witness/bad-request` */
export function parseRequest(text: string): WitnessRequest & { readonly head: ParsedCheckpoint } {
  try {
    const { logKey, addCheckpoint } = file.parse(JSON.parse(text));
    const { old, proof, checkpoint } = body.exec(addCheckpoint)?.groups ?? {};
    if (old === undefined || proof === undefined || checkpoint === undefined) throw badRequest();
    const hashes = proof.split('\n').slice(0, -1);
    const bytes = hashes.map((line) => Buffer.from(line, 'base64'));
    if (bytes.some((hash, at) => hash.toString('base64') !== hashes[at])) throw badRequest();
    return { logKey, old: Number(old), proof: bytes, checkpoint, head: parseCheckpoint(checkpoint) };
  } catch {
    throw badRequest();
  }
}

function badRequest(): AppError {
  return new AppError(
    'witness/bad-request',
    'This file is not a request to a witness, or it is damaged. Nothing was cosigned. Make the request again and copy the whole file.',
  );
}
