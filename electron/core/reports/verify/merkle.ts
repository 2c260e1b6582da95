import { concat, fromHex, sha256Hex, type Bytes } from './bytes.ts';

/** A leaf's hash with its place and its audit path, nearest sibling first. Hashes are hexadecimal texts. */
export type Inclusion = { readonly leafHash: string; readonly index: number; readonly path: readonly string[] };

/** Hash of a leaf: SHA-256(0x00 ‖ data) (RFC 6962, section 2.1). */
export function leafHash(data: Bytes): Promise<string> {
  return sha256Hex(concat(Uint8Array.of(0), data));
}

/** Hash of a node: SHA-256(0x01 ‖ left ‖ right); both in one text. */
function nodeHash(both: string): Promise<string> {
  return sha256Hex(concat(Uint8Array.of(1), fromHex(both)));
}

/**
 * The root that each leaf and its path lead to, or null where the path does not fit the shape of a tree of `size` leaves
 * (RFC 9162, section 2.1.3.2). WebCrypto answers later, which costs much for one small text and little for many at once:
 * all paths are climbed together, and what neighbours share is hashed once.
 */
export async function rootsFromInclusion(inclusions: readonly Inclusion[], size: number): Promise<(string | null)[]> {
  const climbers = inclusions.map(({ leafHash: hash, index }) => ({ hash, node: index, last: size - 1, alive: isPlace(index, size) }));
  const longest = inclusions.reduce((most, { path }) => Math.max(most, path.length), 0);
  for (let step = 0; step < longest; step += 1) {
    const hashes = new Map<string, string>();
    const waiting = climbers.map((climber, at) => {
      const sibling = inclusions[at]?.path[step];
      if (sibling === undefined || !climber.alive) return null;
      if (climber.last === 0) {
        climber.alive = false;
        return null;
      }
      const both = climb(climber) ? sibling + climber.hash : climber.hash + sibling;
      hashes.set(both, '');
      return both;
    });
    await Promise.all([...hashes.keys()].map(async (both) => hashes.set(both, await nodeHash(both))));
    for (const [at, both] of waiting.entries()) {
      const climber = climbers[at];
      if (both !== null && climber) climber.hash = hashes.get(both) ?? '';
    }
  }
  return climbers.map(({ alive, last, hash }) => (alive && last === 0 ? hash : null));
}

/** Does the tree of `size` leaves under `root` begin with that of `first` leaves under `firstRoot` (RFC 9162, section 2.1.4.2)? */
export async function continues(first: number, firstRoot: string, size: number, root: string, proof: readonly string[]): Promise<boolean> {
  if (first < 1 || !isPlace(first - 1, size)) return false;
  if (first === size) return proof.length === 0 && firstRoot === root;
  const place = { node: first - 1, last: size - 1 };
  while (place.node % 2 === 1) halve(place);
  // A power of two of leaves is a node of the later tree and not repeated in the proof.
  const path = Number.isInteger(Math.log2(first)) ? [firstRoot, ...proof] : [...proof];
  const start = path.shift();
  if (start === undefined) return false;
  let [old, now] = [start, start];
  for (const sibling of path) {
    if (place.last === 0) return false;
    if (climb(place)) {
      old = await nodeHash(sibling + old);
      now = await nodeHash(sibling + now);
    } else {
      now = await nodeHash(now + sibling);
    }
  }
  return place.last === 0 && old === firstRoot && now === root;
}

type Place = { node: number; last: number };

/** Goes one sibling up; true where that stands on the left. */
function climb(place: Place): boolean {
  const right = place.node % 2 === 1 || place.node === place.last;
  if (right) while (place.node % 2 === 0 && place.node !== 0) halve(place);
  halve(place);
  return right;
}

function halve(place: Place): void {
  place.node = Math.floor(place.node / 2);
  place.last = Math.floor(place.last / 2);
}

function isPlace(index: number, size: number): boolean {
  return Number.isSafeInteger(index) && Number.isSafeInteger(size) && index >= 0 && index < size;
}
