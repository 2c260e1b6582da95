import { Button } from '@mantine/core';
import { IconDownload, IconShieldCheck } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { AnyReport } from '../any-report.ts';
import { type useExport, useMayExport, type useVerification } from './use-report.ts';

type Props = {
  readonly report: AnyReport;
  readonly verification: ReturnType<typeof useVerification>;
  readonly exporting: ReturnType<typeof useExport>;
};

/** Checking a report, and taking it out of the vault. */
export function ReportActions({ report, verification, exporting }: Props) {
  const { t } = useTranslation('reports');
  const mayExport = useMayExport(report);
  return (
    <>
      <Button
        variant="default"
        leftSection={<IconShieldCheck size={16} aria-hidden />}
        loading={verification.checking}
        onClick={verification.check}
      >
        {t(verification.result ? 'verify.again' : 'verify.button')}
      </Button>
      {mayExport && (
        <Button
          variant="default"
          leftSection={<IconDownload size={16} aria-hidden />}
          loading={exporting.isPending}
          onClick={() => exporting.mutate(null)}
        >
          {t('export.button')}
        </Button>
      )}
    </>
  );
}
