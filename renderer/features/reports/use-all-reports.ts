import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { usePermission } from '../../lib/session.ts';
import { type AnyReport, newestFirst } from './any-report.ts';
import { reportQueries } from './queries.ts';

export type AllReports = {
  /** Null until everything that may be seen is here. */
  readonly reports: readonly AnyReport[] | null;
  readonly error: Error | null;
  readonly reload: () => void;
};

/** The reports of one's cases and those about the vault, as far as the person may see them; newest first. */
export function useAllReports(): AllReports {
  const mayCases = usePermission('reports.read');
  const mayVault = usePermission('attestations.make');
  const cases = useQuery({ ...reportQueries.ofCases(), enabled: mayCases });
  const vault = useQuery({ ...reportQueries.ofVault(), enabled: mayVault });
  const waiting = (mayCases && !cases.data) || (mayVault && !vault.data);
  const reports = useMemo(
    () => (waiting ? null : newestFirst([...(cases.data ?? []), ...(vault.data ?? [])])),
    [waiting, cases.data, vault.data],
  );
  const reload = (): void => {
    if (mayCases) void cases.refetch();
    if (mayVault) void vault.refetch();
  };
  return { reports, error: cases.error ?? vault.error, reload };
}
