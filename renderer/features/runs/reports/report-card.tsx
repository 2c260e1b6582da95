import { Anchor, Button, Group, Paper, Stack, Table, Text, Title } from '@mantine/core';
import { IconCircleCheck, IconCircleX, IconDownload, IconShieldCheck } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { Report, ReportVerification } from '../../../../electron/core/contract/reports.ts';
import { client } from '../../../lib/client.ts';
import { formatBytes } from '../../../lib/format.ts';
import { usePermission } from '../../../lib/session.ts';
import { Time } from '../../../ui/time.tsx';
import { bytesOf, saveFile } from '../../../lib/save-file.ts';
import { zip } from '../../../lib/zip.ts';

/** One signed report: its files, whether they still hold, and taking them out of the vault. */
export function ReportCard({ report }: { readonly report: Report }) {
  const { t } = useTranslation('runs');
  const mayExport = usePermission('reports.create');
  const verify = useMutation({ mutationFn: () => client.reports.verify({ id: report.id }) });
  const download = useMutation({
    mutationFn: async (only: string | null) => {
      const { files } = await client.reports.export({ id: report.id });
      const entries = files.map(({ name, base64 }) => ({ name, bytes: bytesOf(base64) }));
      if (only === null) return saveFile(`${report.title}.zip`, zip(entries));
      const file = entries.find(({ name }) => name === only);
      if (file) saveFile(file.name, new Blob([file.bytes]));
    },
  });
  return (
    <Paper withBorder p="md" component="article" aria-label={report.title}>
      <Stack gap="sm">
        <Group justify="space-between" align="flex-start">
          <div>
            <Title order={2}>{report.title}</Title>
            <Text fz="xs" c="dimmed">
              {report.createdBy} · <Time at={report.createdAt} />
            </Text>
          </div>
          <Group gap="xs">
            <Button
              variant="default"
              leftSection={<IconShieldCheck size={16} aria-hidden />}
              loading={verify.isPending}
              onClick={() => verify.mutate()}
            >
              {t('reports.verify')}
            </Button>
            {mayExport && (
              <Button
                variant="default"
                leftSection={<IconDownload size={16} aria-hidden />}
                loading={download.isPending}
                onClick={() => download.mutate(null)}
              >
                {t('reports.download')}
              </Button>
            )}
          </Group>
        </Group>
        {verify.data && <Verification result={verify.data} />}
        <Table aria-label={t('reports.files')}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t('reports.file')}</Table.Th>
              <Table.Th ta="right">{t('reports.size')}</Table.Th>
              <Table.Th>SHA-256</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {report.files.map((file) => (
              <Table.Tr key={file.name}>
                <Table.Td>
                  {mayExport ? (
                    <Anchor
                      component="button"
                      type="button"
                      fz="sm"
                      disabled={download.isPending}
                      onClick={() => download.mutate(file.name)}
                    >
                      {file.name}
                    </Anchor>
                  ) : (
                    file.name
                  )}
                </Table.Td>
                <Table.Td ta="right">{formatBytes(file.size)}</Table.Td>
                <Table.Td>
                  <Text component="code" fz="xs" ff="monospace" title={file.sha256}>
                    {file.sha256.slice(0, 16)}…
                  </Text>
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Stack>
    </Paper>
  );
}

function Verification({ result }: { readonly result: ReportVerification }) {
  const { t } = useTranslation('runs');
  return (
    <Stack gap={4} role="status">
      <Text fw={600} {...(result.verified ? { c: 'green' } : { c: 'red' })}>
        {t(result.verified ? 'reports.verified' : 'reports.notVerified')}
      </Text>
      {result.checks.map((check, index) => (
        <Group key={index} gap={6} wrap="nowrap" align="flex-start">
          {check.ok ? (
            <IconCircleCheck size={16} color="var(--mantine-color-green-text)" aria-label={t('reports.ok')} style={{ flex: 'none' }} />
          ) : (
            <IconCircleX size={16} color="var(--mantine-color-red-text)" aria-label={t('reports.bad')} style={{ flex: 'none' }} />
          )}
          <Text fz="xs" style={{ overflowWrap: 'anywhere' }}>
            <strong>{check.file}</strong> {check.message}
          </Text>
        </Group>
      ))}
    </Stack>
  );
}
