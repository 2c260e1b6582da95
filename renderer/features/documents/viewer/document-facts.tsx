import { Table, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { DocumentSummary } from '../../../../electron/core/contract/index.ts';
import { formatBytes, formatDuration, formatNumber } from '../../../lib/format.ts';
import { Time } from '../../../ui/time.tsx';

/** What is known about the file itself. */
export function DocumentFacts({ document }: { readonly document: DocumentSummary }) {
  const { t } = useTranslation('documents');
  return (
    <Table withRowBorders={false} aria-label={t('viewer.tabs.facts')} layout="fixed">
      <Table.Tbody>
        <Fact name={t('column.kind')}>{t(`kind.${document.kind}`)}</Fact>
        <Fact name={t('column.size')}>{formatBytes(document.size)}</Fact>
        <Fact name={t('column.pages')}>{document.pageCount === null ? '–' : formatNumber(document.pageCount)}</Fact>
        <Fact name={t('facts.ocr')}>{formatNumber(document.ocrPages)}</Fact>
        <Fact name={t('facts.duration')}>{document.durationMs === null ? '–' : formatDuration(document.durationMs)}</Fact>
        <Fact name={t('column.imported')}>
          <Time at={document.importedAt} />
        </Fact>
        <Fact name={t('facts.importedBy')}>{document.importedBy}</Fact>
        <Fact name="SHA-256">
          <Text ff="monospace" fz="xs" style={{ overflowWrap: 'anywhere' }}>
            {document.sha256}
          </Text>
        </Fact>
      </Table.Tbody>
    </Table>
  );
}

function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <Table.Tr>
      <Table.Th scope="row" fw={400} c="dimmed" w={110} style={{ verticalAlign: 'top' }}>
        {name}
      </Table.Th>
      <Table.Td>{children}</Table.Td>
    </Table.Tr>
  );
}
