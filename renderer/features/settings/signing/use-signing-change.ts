import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { SigningState } from '../../../../electron/core/contract/index.ts';
import { notifyDone } from '../../../lib/notify.ts';
import { signingQuery } from './queries.ts';

/** A change of who signs, or how; the card shows its own error. */
export function useSigningChange<Input>(change: (input: Input) => Promise<SigningState>, done: string, onDone?: () => void) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: change,
    meta: { quiet: true },
    onSuccess: (state) => {
      queryClient.setQueryData(signingQuery().queryKey, state);
      notifyDone(done);
      onDone?.();
    },
  });
}
