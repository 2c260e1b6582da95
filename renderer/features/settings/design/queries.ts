import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import type { ReportKind, ReportLanguage } from '../../../../electron/core/contract/index.ts';
import { client } from '../../../lib/client.ts';

/** Every template: those that come with Redoubt, then one's own. */
export const templatesQuery = () =>
  queryOptions({ queryKey: ['templates', 'list'], queryFn: ({ signal }) => client.templates.list({}, { signal }) });

export const organisationQuery = () =>
  queryOptions({ queryKey: ['templates', 'organisation'], queryFn: ({ signal }) => client.templates.organisation(undefined, { signal }) });

/** What a template of the kind may name. */
export const vocabularyQuery = (kind: ReportKind, language: ReportLanguage) =>
  queryOptions({
    queryKey: ['templates', 'vocabulary', kind, language],
    queryFn: ({ signal }) => client.templates.vocabulary({ kind, language }, { signal }),
    staleTime: Infinity,
  });

type Preview = { readonly kind: ReportKind; readonly language: ReportLanguage; readonly text: string; readonly page: number };

/** How a text comes out with sample data. The last one stays in sight while the next is on its way. */
export const previewQuery = (preview: Preview) =>
  queryOptions({
    queryKey: ['templates', 'preview', preview],
    queryFn: ({ signal }) => client.templates.preview(preview, { signal }),
    placeholderData: keepPreviousData,
    staleTime: 60_000,
    // A picture and a whole PDF each; few are worth keeping.
    gcTime: 30_000,
  });
