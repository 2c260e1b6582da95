import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type { Secrets } from '../../../../electron/core/contract/index.ts';
import { publicClient } from '../../../lib/client.ts';
import { type Failure, codeOf, toFailure } from '../../../lib/errors.ts';
import { enterSession } from '../../../lib/session.ts';
import { type SecondFactor, factorOf } from './factor-proof.ts';

type Attempt = Secrets & { readonly userName: string };

/** What the sign-in page knows of the attempts so far. */
export function useSignIn() {
  const [factor, setFactor] = useState<SecondFactor | null>(null);
  const [lockedUntil, setLockedUntil] = useState<number | null>(null);
  const [older, setOlder] = useState<Failure | null>(null);
  const unlock = useMutation({
    mutationFn: ({ acceptOlder, ...attempt }: Attempt & { readonly acceptOlder: boolean }) =>
      publicClient.vault.unlock({ ...attempt, acceptOlder }),
    meta: { quiet: true },
    // Asked while a core that was just locked was still ending: the next one answers.
    retry: (count, error) => codeOf(error) === 'connection/lost' && count === 0,
    retryDelay: 50,
    onSuccess: enterSession,
    onError: (error) => {
      const failure = toFailure(error);
      const { code, details } = failure;
      const needed = factorOf(error);
      if (needed) setFactor(needed);
      if (code === 'identity/locked-out') setLockedUntil(Number(details['until']));
      setOlder(code === 'vault/older-than-anchor' ? failure : null);
    },
  });
  const code = unlock.error === null ? null : toFailure(unlock.error).code;
  /** Said elsewhere than beside the form. */
  const shownElsewhere = ['vault/second-factor-needed', 'identity/locked-out', 'vault/older-than-anchor'].includes(code ?? '');
  return {
    submit: (attempt: Attempt) => unlock.mutate({ ...attempt, acceptOlder: false }),
    /** The same attempt again, now that the person decided to open an older vault. */
    openOlder: () => {
      if (unlock.variables) unlock.mutate({ ...unlock.variables, acceptOlder: true });
    },
    busy: unlock.isPending,
    code,
    error: shownElsewhere ? null : unlock.error,
    factor,
    /** Another name may have another factor, and is not the one that is locked out. */
    forgetPerson: () => {
      setFactor(null);
      setLockedUntil(null);
    },
    lockedUntil,
    older,
    back: () => {
      setOlder(null);
      unlock.reset();
    },
  };
}

export type SignIn = ReturnType<typeof useSignIn>;
