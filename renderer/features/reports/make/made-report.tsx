import { Button, Group, Stack, Text, Title } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { formatBytes, formatNumber } from '../../../lib/format.ts';
import { navigate } from '../../../lib/route.ts';
import { FormError } from '../../../ui/form-error.tsx';
import { Loading } from '../../../ui/loading.tsx';
import type { AnyReport } from '../any-report.ts';
import { useExport, useMayExport, useVerification } from '../parts/use-report.ts';
import { Verification } from '../parts/verification.tsx';

/** The report that was just made: checked at once, the way an auditor would. */
export function MadeReport({ report, onClose }: { readonly report: AnyReport; readonly onClose: () => void }) {
  const { t } = useTranslation(['reports', 'common']);
  const verification = useVerification(report, true);
  const exporting = useExport(report);
  const mayExport = useMayExport(report);
  const bytes = report.files.reduce((sum, { size }) => sum + size, 0);
  return (
    <Stack gap="sm">
      <div>
        <Title order={3}>{report.title}</Title>
        <Text fz="xs" c="dimmed">
          {t('make.made', { count: report.files.length, shown: formatNumber(report.files.length), size: formatBytes(bytes) })}
        </Text>
      </div>
      {verification.result ? <Verification result={verification.result} /> : !verification.error && <Loading lines={3} />}
      <FormError error={verification.error ?? exporting.error} />
      <Group justify="flex-end" gap="xs">
        <Button
          variant="default"
          onClick={() => {
            onClose();
            navigate('audit', ['reports', report.id]);
          }}
        >
          {t('make.open')}
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
        <Button onClick={onClose} data-autofocus>
          {t('make.finish')}
        </Button>
      </Group>
    </Stack>
  );
}
