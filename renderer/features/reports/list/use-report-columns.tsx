import { Anchor, Group, Text } from '@mantine/core';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { formatBytes } from '../../../lib/format.ts';
import { languageNames } from '../../../lib/i18n.ts';
import { formatHash } from '../../../lib/route.ts';
import type { Column } from '../../../ui/data-table.tsx';
import { Time } from '../../../ui/time.tsx';
import { CaseMark } from '../../cases/case-mark.tsx';
import { type AnyReport, kindIcons } from '../any-report.ts';

/** The columns of the list of reports; with the case of each where there are several. */
export function useReportColumns(cases: boolean): readonly Column<AnyReport>[] {
  const { t } = useTranslation('reports');
  return useMemo(
    () => [
      {
        key: 'title',
        header: t('columns.title'),
        render: ({ id, kind, title }) => {
          const Icon = kindIcons[kind];
          return (
            <Group gap={8} wrap="nowrap">
              <Icon size={16} stroke={1.7} aria-hidden style={{ flex: 'none' }} />
              <Anchor href={formatHash('audit', ['reports', id])} c="inherit" fz="sm" fw={550} truncate title={title} tabIndex={-1}>
                {title}
              </Anchor>
            </Group>
          );
        },
      },
      { key: 'kind', header: t('columns.kind'), width: '170px', render: ({ kind }) => t(`kinds.${kind}.name`) },
      ...(cases
        ? [
            {
              key: 'about',
              header: t('columns.about'),
              width: '18%',
              wideOnly: true,
              render: ({ about }: AnyReport) =>
                about.of === 'case' ? (
                  <CaseMark caseId={about.caseId} />
                ) : (
                  <Text component="span" c="dimmed">
                    {t('columns.vault')}
                  </Text>
                ),
            },
          ]
        : []),
      { key: 'language', header: t('columns.language'), width: '92px', wideOnly: true, render: ({ language }) => languageNames[language] },
      {
        key: 'size',
        header: t('columns.size'),
        width: '86px',
        align: 'right',
        wideOnly: true,
        render: ({ files }) => formatBytes(files.reduce((sum, { size }) => sum + size, 0)),
      },
      { key: 'by', header: t('columns.by'), width: '140px', render: ({ createdBy }) => createdBy },
      { key: 'at', header: t('columns.at'), width: '150px', align: 'right', render: ({ createdAt }) => <Time at={createdAt} /> },
    ],
    [t, cases],
  );
}
