import { sign, verify, type KeyObject } from 'node:crypto';
import { AppError } from '../errors.ts';
import { keyIdOf, type NoteKey } from './note-key.ts';

/** A statement of a witness: at this time, this was the largest consistent head of the log that it had seen. */
export type Cosignature = { readonly line: string; /** Seconds since the epoch. */ readonly at: number };

const form = /^— (?<name>[^\s+]+) (?<bytes>[A-Za-z0-9+/=]{1,200})\n$/;

/** Signs the body of a checkpoint at `at` (seconds) as C2SP tlog-cosignature v1 lays down; `line` ends with a newline. */
export function cosign(body: string, at: number, key: NoteKey, privateKey: KeyObject): Cosignature {
  const time = Buffer.alloc(8);
  time.writeBigUInt64BE(BigInt(at));
  const signature = sign(null, message(body, at), privateKey);
  return { at, line: `— ${key.name} ${Buffer.concat([keyIdOf(key), time, signature]).toString('base64')}\n` };
}

/** Checks that `key` made this line over the body of a checkpoint. @throws AppError `witness/bad-cosignature` */
export function openCosignature(line: string, body: string, key: NoteKey): Cosignature {
  const { name, bytes: text = '' } = form.exec(line)?.groups ?? {};
  const bytes = Buffer.from(text, 'base64');
  // Four bytes of key id, eight of time, 64 of signature, in the one canonical spelling.
  if (name !== key.name || bytes.length !== 76 || bytes.toString('base64') !== text) throw badCosignature('it does not have the form');
  if (!bytes.subarray(0, 4).equals(keyIdOf(key))) throw badCosignature('another key made it');
  const at = Number(bytes.readBigUInt64BE(4));
  if (!Number.isSafeInteger(at)) throw badCosignature('its time is out of range');
  if (!verify(null, message(body, at), key.publicKey, bytes.subarray(12))) throw badCosignature('it does not match');
  return { line, at };
}

function message(body: string, at: number): Buffer {
  return Buffer.from(`cosignature/v1\ntime ${at}\n${body}`);
}

function badCosignature(why: string): AppError {
  return new AppError('witness/bad-cosignature', `The cosignature of the witness cannot be trusted: ${why}. Nothing was changed.`);
}
