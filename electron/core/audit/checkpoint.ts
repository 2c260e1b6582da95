import { createHash, createPublicKey, sign, verify, type KeyObject } from 'node:crypto';
import { AppError } from '../errors.ts';
import type { Hash } from './merkle.ts';

/** A tree head: `origin` names the log, `size` counts its leaves. */
export type TreeHead = { readonly origin: string; readonly size: number; readonly root: Hash };

/** The text that is signed: origin, size and root on a line each (C2SP tlog-checkpoint). */
function checkpointBody(head: TreeHead): string {
  return `${head.origin}\n${head.size}\n${Buffer.from(head.root).toString('base64')}\n`;
}

/** Signs a head: the text is a C2SP signed note with one Ed25519 signature, made under the log's origin as key name. */
export type CheckpointSigner = (head: Omit<TreeHead, 'origin'>) => string;

/** For a log that signs many heads. */
export function checkpointSigner(origin: string, privateKey: KeyObject): CheckpointSigner {
  const id = keyId(origin, createPublicKey(privateKey));
  return ({ size, root }) => {
    const body = checkpointBody({ origin, size, root });
    const line = Buffer.concat([id, sign(null, Buffer.from(body), privateKey)]).toString('base64');
    return `${body}\n— ${origin} ${line}\n`;
  };
}

/** One head, signed. */
export function signCheckpoint({ origin, ...head }: TreeHead, privateKey: KeyObject): string {
  return checkpointSigner(origin, privateKey)(head);
}

/** The parts of a checkpoint's text, its signature not yet checked. */
export type ParsedCheckpoint = TreeHead & { readonly body: string; readonly keyId: Uint8Array; readonly signature: Uint8Array };

const form =
  /^(?<body>(?<origin>[^\s+]+)\n(?<size>0|[1-9]\d{0,15})\n(?<root>[A-Za-z0-9+/]{43}=)\n)\n— (?<name>[^\s+]+) (?<signature>[A-Za-z0-9+/]{91}=)\n$/;

/** Reads a checkpoint with exactly one signature; throws `audit/bad-checkpoint` for any other text. */
export function parseCheckpoint(text: string): ParsedCheckpoint {
  const { body, origin, size, root, name, signature } = form.exec(text)?.groups ?? {};
  if (!body || !origin || !size || !root || !signature || name !== origin) throw badCheckpoint('it does not have the form of a checkpoint');
  const line = Buffer.from(signature, 'base64');
  const rootBytes = Buffer.from(root, 'base64');
  // Base64 has spare bits: only the one canonical spelling is taken.
  if (rootBytes.toString('base64') !== root || line.toString('base64') !== signature) throw badCheckpoint('its base64 is not canonical');
  return { body, origin, size: Number(size), root: rootBytes, keyId: line.subarray(0, 4), signature: line.subarray(4) };
}

/** Reads a checkpoint and checks its signature; throws `audit/bad-checkpoint`. */
export function openCheckpoint(text: string, publicKey: KeyObject): ParsedCheckpoint {
  const parsed = parseCheckpoint(text);
  if (!keyId(parsed.origin, publicKey).equals(parsed.keyId)) throw badCheckpoint('another key made its signature');
  if (!verify(null, Buffer.from(parsed.body), publicKey, parsed.signature)) throw badCheckpoint('its signature does not match');
  return parsed;
}

/** SHA-256(name ‖ 0x0A ‖ 0x01 ‖ public key)[0..4] (C2SP signed-note, Ed25519). */
function keyId(name: string, publicKey: KeyObject): Buffer {
  const raw = Buffer.from(publicKey.export({ format: 'jwk' }).x ?? '', 'base64url');
  return createHash('sha256').update(`${name}\n`).update(Uint8Array.of(1)).update(raw).digest().subarray(0, 4);
}

function badCheckpoint(why: string): AppError {
  return new AppError('audit/bad-checkpoint', `The signed head of the audit log cannot be trusted: ${why}.`);
}
