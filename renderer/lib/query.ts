import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query';
import { leaveSession, whenSessionEnds } from './connection.ts';
import { codeOf, isCancelled } from './errors.ts';
import { notifyError } from './notify.ts';
import { policiesQuery } from './policies.ts';
import { refreshSession } from './session-refresh.ts';

declare module '@tanstack/react-query' {
  interface Register {
    mutationMeta: {
      /** The form shows its own error; do not notify as well. */
      readonly quiet?: boolean;
    };
  }
}

/** Codes that mean: this session is over, whatever was asked. */
const sessionOver = new Set(['identity/session-ended', 'identity/not-signed-in', 'vault/locked']);
/** Codes that mean: the gate has a page about it, which comes once the session and the policies are read again. */
const dueFirst = new Set(['identity/password-change-required', 'identity/second-factor-required']);

const retriesAfterLoss = 5;

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      // An air-gapped machine reports "offline" for ever; core is always on this machine.
      networkMode: 'always',
      refetchOnWindowFocus: false,
      refetchOnReconnect: false,
      staleTime: 5_000,
      retry: (count, error) => codeOf(error) === 'connection/lost' && count < retriesAfterLoss,
      retryDelay: 50,
    },
    // What was sent may hold a password and what came back a code: neither outlives the form.
    mutations: { networkMode: 'always', retry: false, gcTime: 0 },
  },
  queryCache: new QueryCache({ onError: endSessionIfOver }),
  mutationCache: new MutationCache({
    onError: (error, _variables, _result, mutation) => {
      endSessionIfOver(error);
      if (mutation.meta?.quiet !== true && !isCancelled(error) && !sessionOver.has(codeOf(error)) && !dueFirst.has(codeOf(error)))
        notifyError(error);
    },
  }),
});

whenSessionEnds(() => queryClient.clear());

function endSessionIfOver(error: Error): void {
  const code = codeOf(error);
  if (sessionOver.has(code)) void leaveSession('signed-out');
  if (dueFirst.has(code)) {
    void queryClient.invalidateQueries({ queryKey: policiesQuery().queryKey });
    void refreshSession();
  }
  // The role was changed meanwhile: what the page offers follows.
  if (code === 'identity/denied') void queryClient.invalidateQueries({ queryKey: ['identity', 'current'] });
}
