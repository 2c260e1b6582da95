/** Keys by epoch. One, except while the vault key is being replaced: then the old and the new one. */
export type KeyRing = { current: number; readonly keys: Map<number, Buffer> };

/** The ring of a new vault; takes the key over. */
export function ringOf(key: Buffer, epoch = 1): KeyRing {
  return { current: epoch, keys: new Map([[epoch, key]]) };
}

/** The vault key of the ring's current epoch; it stays the ring's. */
export function currentKey(ring: KeyRing): Buffer {
  const key = ring.keys.get(ring.current);
  if (!key) throw new Error(`the ring lacks the key of epoch ${ring.current}`);
  return key;
}

export function wipeRing(ring: KeyRing): void {
  for (const key of ring.keys.values()) key.fill(0);
}

/** The newest epoch there is a key for: what is written now is written under it. */
export function newestEpoch(ring: KeyRing): number {
  return Math.max(...ring.keys.keys());
}

/** Wipes and forgets the keys of all epochs but one, which is the current one from now on. */
export function keepEpoch(ring: KeyRing, epoch: number): void {
  for (const [each, key] of ring.keys) {
    if (each === epoch) continue;
    key.fill(0);
    ring.keys.delete(each);
  }
  ring.current = epoch;
}
