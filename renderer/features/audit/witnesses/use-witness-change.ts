import { useMutation, useQueryClient } from '@tanstack/react-query';

/** A change of the witnesses; list and state are asked for again, refused or not: a refusal is an alarm. `quiet`: a form shows the error. */
export function useWitnessChange<Input, Output>(
  change: (input: Input) => Promise<Output>,
  options: { quiet?: boolean; onDone?: (output: Output) => void } = {},
) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: change,
    meta: { quiet: options.quiet ?? false },
    onSuccess: (output) => options.onDone?.(output),
    onSettled: () =>
      Promise.all([
        queryClient.invalidateQueries({ queryKey: ['audit', 'witnesses'] }),
        queryClient.invalidateQueries({ queryKey: ['audit', 'state'] }),
      ]),
  });
}
