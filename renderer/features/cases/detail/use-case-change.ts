import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { CaseDetail } from '../../../../electron/core/contract/index.ts';
import { caseQueries } from '../../../lib/cases.ts';

/** A change of a case whose answer is the case as it is now. `quiet`: a form shows the error itself. */
export function useCaseChange<Input>(
  change: (input: Input) => Promise<CaseDetail>,
  options: { quiet?: boolean; onDone?: () => void } = {},
) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: change,
    meta: { quiet: options.quiet ?? false },
    onSuccess: async (now) => {
      queryClient.setQueryData(caseQueries.get(now.id).queryKey, now);
      options.onDone?.();
      await queryClient.invalidateQueries({ queryKey: ['cases', 'list'] });
    },
  });
}
