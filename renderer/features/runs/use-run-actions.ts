import { useMutation, useQueryClient } from '@tanstack/react-query';
import { client } from '../../lib/client.ts';

/** Cancelling and resuming a run. Errors are told by the page's own notifications. */
export function useRunActions(runId: string, onChanged: () => void) {
  const queryClient = useQueryClient();
  const onSuccess = async (): Promise<void> => {
    onChanged();
    await queryClient.invalidateQueries({ queryKey: ['runs', 'list'] });
  };
  const cancel = useMutation({ mutationFn: () => client.runs.cancel({ id: runId }), onSuccess });
  const resume = useMutation({ mutationFn: () => client.runs.resume({ id: runId }), onSuccess });
  return { cancel, resume };
}
