import { AppError, fromErrorShape, toErrorShape, type ErrorShape } from '../errors.ts';
import type { Channel } from './channel.ts';

/**
 * The methods one process offers another: parameters in, events while it works, one result.
 * Everything is structured-clone data.
 */
export type Protocol = Record<string, { params: unknown; event: unknown; result: unknown }>;

export type CallContext<Event> = {
  /** Aborts when the caller cancels or goes away. */
  readonly signal: AbortSignal;
  emit(event: Event): void;
};
export type Handlers<P extends Protocol> = {
  [M in keyof P]: (params: P[M]['params'], context: CallContext<P[M]['event']>) => Promise<P[M]['result']>;
};

export type CallOptions<Event> = { signal?: AbortSignal | undefined; onEvent?: ((event: Event) => void) | undefined };
export interface Caller<P extends Protocol> {
  /**
   * Calls the other process. Rejects with the AppError thrown there, `request/cancelled` after an abort, or
   * `process/unavailable` when the process ended before it answered.
   */
  call<M extends keyof P & string>(method: M, params: P[M]['params'], options?: CallOptions<P[M]['event']>): Promise<P[M]['result']>;
}

type Request = { type: 'call'; id: number; method: string; params: unknown } | { type: 'cancel'; id: number };
type Response =
  | { type: 'event'; id: number; event: unknown }
  | { type: 'result'; id: number; result: unknown }
  | { type: 'error'; id: number; error: ErrorShape };

/** Answers the calls that arrive on `channel`. Errors that are not AppErrors go to `onBug` and cross generically. */
export function serveCalls<P extends Protocol>(
  channel: Channel,
  handlers: Handlers<P>,
  onBug: (error: unknown, method: string) => void,
): void {
  const running = new Map<number, AbortController>();
  const run = async (id: number, method: string, params: unknown) => {
    const abort = new AbortController();
    running.set(id, abort);
    try {
      const handler = Object.hasOwn(handlers, method) ? handlers[method] : undefined;
      if (!handler) throw new AppError('process/unknown-method', `This process offers no method ${method}.`);
      const result = await handler(params, {
        signal: abort.signal,
        emit: (event) => channel.post({ type: 'event', id, event } satisfies Response),
      });
      channel.post({ type: 'result', id, result } satisfies Response);
    } catch (error) {
      const shape = abort.signal.aborted
        ? { code: 'request/cancelled' as const, message: 'The request was cancelled.', details: {} }
        : toErrorShape(error);
      if (shape.code === 'internal/bug') onBug(error, method);
      channel.post({ type: 'error', id, error: shape } satisfies Response);
    } finally {
      running.delete(id);
    }
  };
  channel.onMessage((message) => {
    const request = message as Request;
    if (request.type === 'call') void run(request.id, request.method, request.params);
    else running.get(request.id)?.abort();
  });
  channel.onClose(() => {
    for (const abort of running.values()) abort.abort();
  });
}

type Pending = {
  resolve(result: unknown): void;
  reject(error: Error): void;
  onEvent?: ((event: never) => void) | undefined;
  cleanUp(): void;
};

/** The calling end of `channel`. */
export function callOver<P extends Protocol>(channel: Channel): Caller<P> {
  const pending = new Map<number, Pending>();
  let lastId = 0;
  let closed: string | null = null;
  const take = (id: number) => {
    const entry = pending.get(id);
    if (entry) {
      pending.delete(id);
      entry.cleanUp();
    }
    return entry;
  };
  channel.onMessage((message) => {
    const response = message as Response;
    if (response.type === 'event') pending.get(response.id)?.onEvent?.(response.event as never);
    else if (response.type === 'result') take(response.id)?.resolve(response.result);
    else take(response.id)?.reject(fromErrorShape(response.error));
  });
  channel.onClose((reason) => {
    closed = reason;
    for (const id of Array.from(pending.keys())) take(id)?.reject(unavailable(reason));
  });
  return {
    call(method, params, options = {}) {
      const { signal, onEvent } = options;
      if (closed !== null) return Promise.reject(unavailable(closed));
      if (signal?.aborted) return Promise.reject(cancelled());
      const id = ++lastId;
      return new Promise((resolve, reject) => {
        const onAbort = () => {
          channel.post({ type: 'cancel', id } satisfies Request);
          take(id)?.reject(cancelled());
        };
        signal?.addEventListener('abort', onAbort, { once: true });
        pending.set(id, { resolve, reject, onEvent, cleanUp: () => signal?.removeEventListener('abort', onAbort) });
        channel.post({ type: 'call', id, method, params } satisfies Request);
      });
    },
  };
}

function unavailable(reason: string): AppError {
  return new AppError('process/unavailable', `The process ended before it answered (${reason}). It is being restarted; try again.`, {
    reason,
  });
}

function cancelled(): AppError {
  return new AppError('request/cancelled', 'The request was cancelled.');
}
