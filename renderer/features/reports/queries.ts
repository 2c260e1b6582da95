import { queryOptions } from '@tanstack/react-query';
import type { ReportLanguage } from '../../../electron/core/contract/index.ts';
import { client } from '../../lib/client.ts';
import { type AnyReport, ofCase, ofVault } from './any-report.ts';

/** Every query about signed reports; the keys begin with `reports`. */
export const reportQueries = {
  /** Those of all cases of the person. */
  ofCases: () =>
    queryOptions({
      queryKey: ['reports', 'list', 'cases'],
      queryFn: async ({ signal }) => (await client.reports.list({}, { signal })).map(ofCase),
    }),
  ofCase: (caseId: string) =>
    queryOptions({
      queryKey: ['reports', 'list', 'case', caseId],
      queryFn: async ({ signal }) => (await client.reports.list({ caseId }, { signal })).map(ofCase),
    }),
  ofRun: (runId: string) =>
    queryOptions({
      queryKey: ['reports', 'list', 'run', runId],
      queryFn: async ({ signal }) => (await client.reports.list({ runId }, { signal })).map(ofCase),
    }),
  ofVault: () =>
    queryOptions({
      queryKey: ['reports', 'list', 'vault'],
      queryFn: async ({ signal }) => (await client.attestations.list(undefined, { signal })).map(ofVault),
    }),
  /** The people and models that an attestation can be about. */
  choices: () =>
    queryOptions({ queryKey: ['reports', 'choices'], queryFn: ({ signal }) => client.attestations.choices(undefined, { signal }) }),
  /** What checking all files came to; it stays until it is asked for again. */
  verification: ({ id, about }: Pick<AnyReport, 'id' | 'about'>, language: ReportLanguage) =>
    queryOptions({
      queryKey: ['reports', 'verification', id, language],
      queryFn: ({ signal }) =>
        about.of === 'case'
          ? client.reports.verify({ id, language }, { signal })
          : client.attestations.verify({ id, language }, { signal }),
      staleTime: Infinity,
    }),
};
