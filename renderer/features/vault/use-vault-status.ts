import { queryOptions, useQuery } from '@tanstack/react-query';
import type { VaultStatus } from '../../../electron/core/contract/index.ts';
import { publicClient } from '../../lib/client.ts';

export const vaultStatusQuery = queryOptions({
  queryKey: ['vault', 'status'],
  queryFn: ({ signal }) => publicClient.vault.status(undefined, { signal }),
});

/** Which vault this is; null until it is known. */
export function useVaultStatus(): VaultStatus | null {
  return useQuery(vaultStatusQuery).data ?? null;
}
