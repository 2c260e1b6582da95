import { Anchor, Group, Text } from '@mantine/core';
import { IconGavel } from '@tabler/icons-react';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { CaseSummary } from '../../../../electron/core/contract/index.ts';
import { formatNumber } from '../../../lib/format.ts';
import { formatHash } from '../../../lib/route.ts';
import { ClassificationLabel } from '../../../ui/classification-label.tsx';
import type { Column } from '../../../ui/data-table.tsx';
import { StatusBadge } from '../../../ui/status-badge.tsx';
import { Time } from '../../../ui/time.tsx';
import { CaseDue } from '../case-due.tsx';
import { useCaseTitle } from '../case-mark.tsx';

/** The columns of the list of cases; `all` leaves out one's own access. */
export function useCaseColumns(all: boolean): readonly Column<CaseSummary>[] {
  const { t } = useTranslation('cases');
  const title = useCaseTitle();
  return useMemo(
    () => [
      {
        key: 'name',
        header: t('columns.name'),
        render: (one) => (
          <div style={{ padding: '3px 0' }}>
            <Anchor href={formatHash('cases', [one.id])} c="inherit" fz="sm" fw={550} truncate display="block" tabIndex={-1}>
              {title(one)}
            </Anchor>
            {one.purpose !== '' && (
              <Text fz="xs" c="dimmed" truncate title={one.purpose}>
                {one.purpose}
              </Text>
            )}
          </div>
        ),
      },
      {
        key: 'label',
        header: t('columns.classification'),
        width: '118px',
        render: ({ classification }) => <ClassificationLabel level={classification} />,
      },
      {
        key: 'state',
        header: t('columns.state'),
        width: '210px',
        render: (one) => (
          <Group gap={6} wrap="nowrap">
            <StatusBadge tone={one.state === 'open' ? 'good' : 'neutral'}>{t(`state.${one.state}`)}</StatusBadge>
            {one.legalHold && (
              <Group gap={3} wrap="nowrap" fz="xs" title={one.legalHold.reason}>
                <IconGavel size={14} stroke={1.7} aria-hidden />
                {t('hold.mark')}
              </Group>
            )}
            <CaseDue of={one} />
          </Group>
        ),
      },
      {
        key: 'members',
        header: t('columns.members'),
        width: '86px',
        align: 'right',
        wideOnly: true,
        render: ({ memberCount }) => formatNumber(memberCount),
      },
      {
        key: 'documents',
        header: t('columns.documents'),
        width: '96px',
        align: 'right',
        wideOnly: true,
        render: ({ counts }) => formatNumber(counts.documents),
      },
      ...(all
        ? []
        : [
            {
              key: 'access',
              header: t('columns.access'),
              width: '110px',
              render: ({ access }: CaseSummary) => access && t(`access.${access}`),
            },
          ]),
      {
        key: 'created',
        header: t('columns.created'),
        width: '140px',
        align: 'right',
        wideOnly: true,
        render: ({ createdAt }) => <Time at={createdAt} />,
      },
    ],
    [t, title, all],
  );
}
