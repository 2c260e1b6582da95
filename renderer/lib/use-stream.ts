import { useEffect, useEffectEvent, useState } from 'react';
import { codeOf, isCancelled, toFailure, type Failure } from './errors.ts';

export type StreamState = { readonly status: 'opening' | 'open' | 'failed'; readonly failure: Failure | null };

const pauseMs = 250;

/**
 * Reads a stream of core for as long as the component is mounted and `key` stays the same; leaving cancels it there.
 * A lost connection opens it again (core's streams start with, or are followed by a query of, the present state).
 * `onOpen` runs each time the stream opens: the place to invalidate what may have changed meanwhile.
 */
export function useStream<Event>(
  key: string | null,
  open: (signal: AbortSignal) => Promise<AsyncIterable<Event>>,
  onEvent: (event: Event) => void,
  onOpen?: () => void,
): StreamState {
  const [state, setState] = useState<StreamState>({ status: 'opening', failure: null });
  const openNow = useEffectEvent(open);
  const onEventNow = useEffectEvent(onEvent);
  const onOpenNow = useEffectEvent(() => onOpen?.());

  useEffect(() => {
    if (key === null) return;
    const controller = new AbortController();
    const { signal } = controller;
    const read = async (): Promise<void> => {
      while (!signal.aborted) {
        setState({ status: 'opening', failure: null });
        try {
          const events = await openNow(signal);
          setState({ status: 'open', failure: null });
          onOpenNow();
          for await (const event of events) {
            if (signal.aborted) return;
            onEventNow(event);
          }
          return;
        } catch (error) {
          if (signal.aborted) return;
          if (codeOf(error) !== 'connection/lost' && !isCancelled(error)) {
            setState({ status: 'failed', failure: toFailure(error) });
            return;
          }
        }
        await new Promise((resolve) => setTimeout(resolve, pauseMs));
      }
    };
    void read();
    return () => controller.abort();
  }, [key]);

  return state;
}
