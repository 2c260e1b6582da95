import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { inCase } from '../../lib/cases.ts';
import { client } from '../../lib/client.ts';

/** Documents on one page of the list. */
export const pageSize = 200;

/** Every query about documents; the keys begin with `documents`. */
export const documentQueries = {
  /** `caseId` null: all cases of the person. It stands third in the key, where the watch looks for it. */
  list: (caseId: string | null, search: string, page: number) =>
    queryOptions({
      queryKey: ['documents', 'list', caseId, search, page],
      queryFn: ({ signal }) =>
        client.documents.list({ ...inCase(caseId), search, offset: (page - 1) * pageSize, limit: pageSize }, { signal }),
      placeholderData: keepPreviousData,
    }),
  get: (id: string) =>
    queryOptions({ queryKey: ['documents', 'get', id], queryFn: ({ signal }) => client.documents.get({ id }, { signal }) }),
  page: (id: string, number: number) =>
    queryOptions({
      queryKey: ['documents', 'page', id, number],
      queryFn: ({ signal }) => client.documents.page({ id, number }, { signal }),
      staleTime: Infinity,
    }),
  image: (id: string, number: number, maxSide: number) =>
    queryOptions({
      queryKey: ['documents', 'image', id, number, maxSide],
      queryFn: ({ signal }) => client.documents.pageImage({ id, number, maxSide }, { signal }),
      staleTime: Infinity,
      gcTime: 60_000,
    }),
  findings: (id: string) =>
    queryOptions({ queryKey: ['documents', 'findings', id], queryFn: ({ signal }) => client.documents.findings({ id }, { signal }) }),
};
