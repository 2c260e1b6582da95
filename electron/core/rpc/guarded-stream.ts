/** What a stream under guard asks of the guard. */
export type StreamGuard = {
  /** Throws where the person may not see more. */
  check(): void;
  /** Calls back at most once, with the reason, at the moment they may not. */
  onRevoked(listener: (reason: unknown) => void): void;
};

/**
 * Passes the values of `stream` on while the guard allows it. It ends at the moment the guard says so, not when the
 * next value comes: who waits for a value is told at once, and the source is left to end by its own signal.
 */
export async function* guardedStream(stream: AsyncIterable<unknown>, guard: StreamGuard): AsyncGenerator {
  const source = stream[Symbol.asyncIterator]();
  let revoked: { reason: unknown } | null = null;
  let refuse: (reason: unknown) => void = () => undefined;
  guard.onRevoked((reason) => {
    revoked = { reason };
    refuse(reason);
  });
  // Not Promise.race: it would leave a listener behind for every value of a stream that lives for hours.
  const next = () =>
    new Promise<IteratorResult<unknown>>((resolve, reject) => {
      refuse = reject;
      if (revoked) reject(revoked.reason);
      else source.next().then(resolve, reject);
    });
  try {
    for (let result = await next(); !result.done; result = await next()) {
      guard.check();
      yield result.value;
    }
  } finally {
    const left = Promise.resolve(source.return?.());
    if (revoked) left.catch(() => undefined);
    else await left;
  }
}
