import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { inCase } from '../../lib/cases.ts';
import { client } from '../../lib/client.ts';

/** Runs on one page of the history. */
export const runsPerPage = 100;

/** Every query about runs; the keys begin with `runs`. */
export const runQueries = {
  /** `caseId` null: all cases of the person. It stands third in the key, where the watch looks for it. */
  list: (caseId: string | null, flowId: string | null, page: number) =>
    queryOptions({
      queryKey: ['runs', 'list', caseId, flowId, page],
      queryFn: ({ signal }) =>
        client.runs.list(
          { ...inCase(caseId), ...(flowId === null ? {} : { flowId }), offset: (page - 1) * runsPerPage, limit: runsPerPage },
          { signal },
        ),
      placeholderData: keepPreviousData,
    }),
};
