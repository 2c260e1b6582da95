import { useMutation, useQueryClient } from '@tanstack/react-query';
import { client } from '../../../lib/client.ts';
import { type AnyReport, ofCase, ofVault } from '../any-report.ts';
import type { Request } from './draft.ts';

type Order = { readonly request: Request; /** Of the token that signs; null where none asks for it. */ readonly pin: string | null };

/** Makes and signs a report; where a token signs, it is unlocked first. */
export function useMake(onMade: (report: AnyReport) => void) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: async ({ request, pin }: Order): Promise<AnyReport> => {
      if (pin !== null) await client.signing.unlockToken({ pin });
      return request.of === 'case'
        ? ofCase(await client.reports.create(request.input))
        : ofVault(await client.attestations.create(request.input));
    },
    meta: { quiet: true },
    onSuccess: onMade,
    onSettled: async () => {
      await queryClient.invalidateQueries({ queryKey: ['reports', 'list'] });
      // A case counts its reports.
      await queryClient.invalidateQueries({ queryKey: ['cases'] });
      await queryClient.invalidateQueries({ queryKey: ['signing'] });
    },
  });
}
