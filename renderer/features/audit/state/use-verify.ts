import { useMutation, useQueryClient } from '@tanstack/react-query';
import { client } from '../../../lib/client.ts';
import { auditQueries } from '../queries.ts';

/** Hashes the whole log again; the state says afterwards what came of it. */
export function useVerify() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: () => client.audit.verify(),
    meta: { quiet: true },
    onSettled: () => queryClient.invalidateQueries({ queryKey: auditQueries.state().queryKey }),
  });
}
