import { concat, equal, fromBase64, fromHex, fromText, own, sha256, toBase64, toHex, type Bytes } from './bytes.ts';
import { fitsEd25519 } from './signatures.ts';

/** A signed head of the log with the cosignatures under it (C2SP tlog-checkpoint), nothing checked yet. */
export type Checkpoint = {
  readonly origin: string;
  readonly size: number;
  readonly root: Bytes;
  /** What is signed. */
  readonly body: string;
  readonly signature: Bytes;
  readonly keyId: Bytes;
  /** Further signature lines: whose name, and the bytes. */
  readonly others: readonly { readonly name: string; readonly bytes: Bytes }[];
};

/** The key of a witness as it is written down: `name+key id+base64` (C2SP signed-note). */
export type WitnessKey = { readonly name: string; readonly keyId: Bytes; readonly spki: Bytes };

/** A witness of a known key: it saw this head, and no other of that size, at this time. */
export type Witnessed = { readonly name: string; /** Seconds since the epoch, by the witness's clock. */ readonly at: number };

const form =
  /^(?<body>(?<origin>[^\s+]+)\n(?<size>0|[1-9]\d{0,15})\n(?<root>[A-Za-z0-9+/]{43}=)\n)\n(?<lines>(?:— [^\s+]+ [A-Za-z0-9+/=]+\n)+)$/u;
/** SubjectPublicKeyInfo of Ed25519 before the 32 bytes of the key (RFC 8410). */
const ed25519Head = fromHex('302a300506032b6570032100');
const mostLines = 32;

/** Null for any other text; base64 has spare bits, so only the one canonical spelling is taken. */
export function readCheckpoint(text: string): Checkpoint | null {
  const { body, origin, size, root, lines } = form.exec(text)?.groups ?? {};
  if (!body || !origin || !size || !root || !lines) return null;
  const rootBytes = canonicalBase64(root);
  const signatures = lines
    .split('\n')
    .slice(0, -1)
    .map((line) => {
      const [, name = '', base64 = ''] = line.split(' ');
      return { name, bytes: canonicalBase64(base64) };
    });
  const [first, ...others] = signatures;
  if (!rootBytes || first?.bytes?.length !== 68 || first.name !== origin || signatures.length > mostLines) return null;
  const read = others.flatMap(({ name, bytes }) => (bytes ? [{ name, bytes }] : []));
  if (read.length !== others.length) return null;
  return {
    origin,
    size: Number(size),
    root: rootBytes,
    body,
    keyId: own(first.bytes.subarray(0, 4)),
    signature: own(first.bytes.subarray(4)),
    others: read,
  };
}

/** Did the log's key (SubjectPublicKeyInfo) sign this head? */
export async function isSigned(checkpoint: Checkpoint, spki: Bytes): Promise<boolean> {
  const id = await keyIdOf(checkpoint.origin, 1, own(spki.subarray(-32)));
  return equal(id, checkpoint.keyId) && (await fitsEd25519(spki, checkpoint.signature, fromText(checkpoint.body)));
}

/** The cosignatures by known witnesses that fit, and the names of those that nobody named a key for, or whose signature does not fit it. */
export async function readCosignatures(
  checkpoint: Checkpoint,
  keys: readonly WitnessKey[],
): Promise<{ known: Witnessed[]; unknown: string[]; wrong: string[] }> {
  const result: { known: Witnessed[]; unknown: string[]; wrong: string[] } = { known: [], unknown: [], wrong: [] };
  for (const { name, bytes } of checkpoint.others) {
    const label = `${name} (${toHex(bytes.subarray(0, 4))})`;
    const key = keys.find((each) => each.name === name && equal(each.keyId, bytes.subarray(0, 4)));
    if (!key) {
      result.unknown.push(label);
      continue;
    }
    const at = bytes.length === 76 ? Number(new DataView(bytes.buffer).getBigUint64(4)) : Number.NaN;
    const message = fromText(`cosignature/v1\ntime ${at}\n${checkpoint.body}`);
    if (Number.isSafeInteger(at) && (await fitsEd25519(key.spki, own(bytes.subarray(12)), message))) result.known.push({ name, at });
    else result.wrong.push(label);
  }
  return result;
}

/** Null for any text but a witness's Ed25519 key whose id fits. */
export async function readWitnessKey(text: string): Promise<WitnessKey | null> {
  const { name, id, key } = /^(?<name>[^\s+]{1,200})\+(?<id>[0-9a-f]{8})\+(?<key>[A-Za-z0-9+/]{44})$/.exec(text.trim())?.groups ?? {};
  const bytes = canonicalBase64(key ?? '');
  if (!name || !id || bytes?.length !== 33 || bytes[0] !== 4) return null;
  const raw = own(bytes.subarray(1));
  const keyId = await keyIdOf(name, 4, raw);
  return toHex(keyId) === id ? { name, keyId, spki: concat(ed25519Head, raw) } : null;
}

/** SHA-256(name ‖ 0x0A ‖ type ‖ public key)[0..4]. */
async function keyIdOf(name: string, type: 1 | 4, raw: Bytes): Promise<Bytes> {
  return own((await sha256(concat(fromText(`${name}\n`), Uint8Array.of(type), raw))).subarray(0, 4));
}

/** Null for text that another spelling of the same bytes would differ from. */
function canonicalBase64(text: string): Bytes | null {
  try {
    const bytes = fromBase64(text);
    return toBase64(bytes) === text ? bytes : null;
  } catch {
    return null;
  }
}

/** SubjectPublicKeyInfo of an Ed25519 key, or null for any other. */
export function asEd25519(spki: Bytes | null): Bytes | null {
  return spki?.length === 44 && equal(spki.subarray(0, 12), ed25519Head) ? spki : null;
}
