import { useMutation, useQuery } from '@tanstack/react-query';
import { useReportLanguage } from '../../../lib/report-language.ts';
import { client } from '../../../lib/client.ts';
import { bytesOf, saveFile } from '../../../lib/save-file.ts';
import { saveFiles } from '../../../lib/save-files.ts';
import { usePermission } from '../../../lib/session.ts';
import type { AnyReport } from '../any-report.ts';
import { reportQueries } from '../queries.ts';

/** Checks a report: at once with `now`, otherwise when `check` is called. */
export function useVerification(report: AnyReport, now = false) {
  const language = useReportLanguage();
  const query = useQuery({ ...reportQueries.verification(report, language), enabled: now });
  return { result: query.data, checking: query.isFetching, error: query.error, at: query.dataUpdatedAt, check: () => void query.refetch() };
}

/** Whether the person may take this report out of the vault. */
export function useMayExport({ about }: Pick<AnyReport, 'about'>): boolean {
  const ofCases = usePermission('reports.create');
  const ofVault = usePermission('attestations.make');
  return about.of === 'case' ? ofCases : ofVault;
}

/** Takes a report out of the vault, whole as a zip (null) or one of its files. A policy may ask for a second person first. */
export function useExport({ id, title, about }: AnyReport) {
  return useMutation({
    mutationFn: async (only: string | null) => {
      const { files } = await (about.of === 'case' ? client.reports.export({ id }) : client.attestations.export({ id }));
      if (only === null) return saveFiles(title, files);
      const file = files.find(({ name }) => name === only);
      if (file) saveFile(file.name, new Blob([bytesOf(file.base64)]));
    },
    meta: { quiet: true },
  });
}
