import { Anchor, Group } from '@mantine/core';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { DocumentSummary } from '../../../../electron/core/contract/index.ts';
import { formatBytes, formatNumber } from '../../../lib/format.ts';
import { formatHash } from '../../../lib/route.ts';
import type { Column } from '../../../ui/data-table.tsx';
import { Time } from '../../../ui/time.tsx';
import { CaseMark } from '../../cases/case-mark.tsx';
import { DocumentStatus } from '../document-status.tsx';
import { KindIcon } from '../kind-icon.tsx';

/** The columns of the document table, in the present language; with the case of each where all cases are shown. */
export function useColumns(allCases: boolean): readonly Column<DocumentSummary>[] {
  const { t } = useTranslation('documents');
  return useMemo(
    () => [
      {
        key: 'name',
        header: t('column.name'),
        render: (document) => (
          <Group gap={8} wrap="nowrap">
            <KindIcon kind={document.kind} />
            <Anchor href={formatHash('documents', [document.id])} c="inherit" fz="sm" fw={500} truncate title={document.name} tabIndex={-1}>
              {document.name}
            </Anchor>
          </Group>
        ),
      },
      ...(allCases
        ? [
            {
              key: 'case',
              header: t('cases:case'),
              width: '21%',
              wideOnly: true,
              render: ({ caseId }: DocumentSummary) => <CaseMark caseId={caseId} />,
            },
          ]
        : []),
      {
        key: 'status',
        header: t('column.status'),
        width: allCases ? '24%' : '34%',
        render: (document) => <DocumentStatus document={document} />,
      },
      {
        key: 'kind',
        header: t('column.kind'),
        width: '92px',
        wideOnly: true,
        render: ({ kind, status }) => (kind === 'unknown' && status !== 'failed' ? '–' : t(`kind.${kind}`)),
      },
      {
        key: 'pages',
        header: t('column.pages'),
        width: '70px',
        align: 'right',
        render: ({ pageCount }) => (pageCount === null ? '–' : formatNumber(pageCount)),
      },
      { key: 'size', header: t('column.size'), width: '84px', align: 'right', wideOnly: true, render: ({ size }) => formatBytes(size) },
      {
        key: 'imported',
        header: t('column.imported'),
        width: '140px',
        align: 'right',
        render: ({ importedAt }) => <Time at={importedAt} />,
      },
    ],
    [t, allCases],
  );
}
