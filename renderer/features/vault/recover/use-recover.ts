import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { publicClient } from '../../../lib/client.ts';
import { type Failure, codeOf, toFailure } from '../../../lib/errors.ts';
import { enterSession } from '../../../lib/session.ts';

export type Recovery = {
  readonly userName: string;
  readonly newPassword: string;
  readonly code?: string;
  readonly shares?: string[];
};

/** Opens the vault without anybody's password, also where it turns out to be older than it should be. */
export function useRecover() {
  const [older, setOlder] = useState<Failure | null>(null);
  const recover = useMutation({
    mutationFn: (input: Recovery & { readonly acceptOlder: boolean }) => publicClient.vault.recover(input),
    meta: { quiet: true },
    // Asked while a core that was just locked was still ending: the next one answers.
    retry: (count, error) => codeOf(error) === 'connection/lost' && count === 0,
    retryDelay: 50,
    onSuccess: enterSession,
    onError: (error) => {
      const failure = toFailure(error);
      setOlder(failure.code === 'vault/older-than-anchor' ? failure : null);
    },
  });
  return {
    submit: (recovery: Recovery) => recover.mutate({ ...recovery, acceptOlder: false }),
    openOlder: () => {
      if (recover.variables) recover.mutate({ ...recover.variables, acceptOlder: true });
    },
    busy: recover.isPending,
    error: older ? null : recover.error,
    older,
    back: () => {
      setOlder(null);
      recover.reset();
    },
  };
}

export type Recover = ReturnType<typeof useRecover>;
