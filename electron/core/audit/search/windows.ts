/** Sequences, both included. */
export type Window = { readonly low: number; readonly high: number };
/** Sequences in which everything (`whole`) or something is of the times asked for. */
export type Island = Window & { readonly whole: boolean };

export type WindowLimits = {
  /** Sequences between two islands that are looked at without need rather than asking twice. */
  readonly gap: number;
  /** So many sequences are looked at in one window that may all turn out not to be meant. */
  readonly most: number;
  /** Leaves of whole islands need no such bound: whatever is found there is meant. */
  readonly wholeIsFree: boolean;
};

/** A question to the full-text index costs about as much as looking at some thousand of its answers. */
export const indexLimits: WindowLimits = { gap: 8_192, most: 8_192, wholeIsFree: true };
/** Looking at leaves one by one. */
export const leafLimits: WindowLimits = { gap: 4, most: 4_096, wholeIsFree: false };
/** A gap so many times as long as an island is left out in any case: few leaves are quickly looked at by themselves. */
const gapPerLeaf = 8;

/** Islands, newest first, as windows: small ones together, and large ones in pieces. */
export function* windowsOf(islands: Iterable<Island>, { gap, most, wholeIsFree }: WindowLimits): Iterable<Window> {
  let open: (Window & { readonly wasted: number }) | null = null;
  for (const island of islands) {
    const isFree = wholeIsFree && island.whole;
    for (const { low, high } of isFree ? [island] : pieces(island, most)) {
      const own = isFree ? 0 : high - low + 1;
      const between: number = open ? open.low - high - 1 : 0;
      const smaller = Math.min(high - low, open ? open.high - open.low : 0) + 1;
      if (open && between <= Math.min(gap, smaller * gapPerLeaf) && open.wasted + between + own <= most) {
        open = { low, high: open.high, wasted: open.wasted + between + own };
        continue;
      }
      if (open) yield open;
      open = { low, high, wasted: own };
    }
  }
  if (open) yield open;
}

function* pieces({ low, high }: Window, most: number): Iterable<Window> {
  for (let top = high; top >= low; top -= most) yield { low: Math.max(low, top - most + 1), high: top };
}
