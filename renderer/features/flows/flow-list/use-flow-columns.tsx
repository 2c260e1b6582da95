import { ActionIcon, Anchor, Menu, Text } from '@mantine/core';
import { IconCopyPlus, IconDots, IconFileExport, IconHistory, IconTrash } from '@tabler/icons-react';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { FlowSummary } from '../../../../electron/core/contract/flows.ts';
import { useRemoving, useWriting } from '../../../lib/cases.ts';
import { formatNumber } from '../../../lib/format.ts';
import { formatHash } from '../../../lib/hash.ts';
import { navigate } from '../../../lib/route.ts';
import type { Column } from '../../../ui/data-table.tsx';
import { Time } from '../../../ui/time.tsx';
import { CaseMark } from '../../cases/case-mark.tsx';
import type { FlowActions } from './use-flow-actions.tsx';

/** The columns of the list of flows, in the present language; with the case of each where all cases are shown. */
export function useFlowColumns(actions: FlowActions, allCases: boolean): readonly Column<FlowSummary>[] {
  const { t } = useTranslation('flows');
  return useMemo(
    () => [
      {
        key: 'name',
        header: t('columns.name'),
        render: (flow) => (
          <div style={{ padding: '3px 0' }}>
            <Anchor href={formatHash('flows', [flow.id])} c="inherit" fz="sm" fw={550} truncate display="block" tabIndex={-1}>
              {flow.name}
            </Anchor>
            {flow.description !== '' && (
              <Text fz="xs" c="dimmed" truncate title={flow.description}>
                {flow.description}
              </Text>
            )}
          </div>
        ),
      },
      ...(allCases
        ? [
            {
              key: 'case',
              header: t('cases:case'),
              width: '24%',
              render: ({ caseId }: FlowSummary) => <CaseMark caseId={caseId} />,
            },
          ]
        : []),
      {
        key: 'nodes',
        header: t('columns.nodes'),
        width: '76px',
        align: 'right',
        wideOnly: true,
        render: (flow) => formatNumber(flow.nodeCount),
      },
      { key: 'version', header: t('columns.version'), width: '84px', align: 'right', render: (flow) => `v${flow.version}` },
      { key: 'by', header: t('columns.updatedBy'), width: '140px', wideOnly: true, render: (flow) => flow.updatedBy },
      { key: 'updated', header: t('columns.updated'), width: '150px', align: 'right', render: (flow) => <Time at={flow.updatedAt} /> },
      {
        key: 'actions',
        header: '',
        width: '52px',
        align: 'right',
        render: (flow) => <FlowMenu flow={flow} actions={actions} />,
      },
    ],
    [t, actions, allCases],
  );
}

function FlowMenu({ flow, actions }: { readonly flow: FlowSummary; readonly actions: FlowActions }) {
  const { t } = useTranslation(['flows', 'common']);
  const { may: mayWrite } = useWriting('flows.write', flow.caseId);
  const removing = useRemoving('flows.write', flow.caseId);
  const icon = { size: 16, stroke: 1.7, 'aria-hidden': true } as const;
  return (
    <Menu position="bottom-end" withinPortal>
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" aria-label={t('list.menu', { name: flow.name })}>
          <IconDots size={17} aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item leftSection={<IconFileExport {...icon} />} onClick={() => actions.exportYaml(flow)}>
          {t('list.export')}
        </Menu.Item>
        <Menu.Item leftSection={<IconHistory {...icon} />} onClick={() => navigate('runs', [], { flow: flow.id })}>
          {t('list.runs')}
        </Menu.Item>
        {mayWrite && (
          <>
            <Menu.Item leftSection={<IconCopyPlus {...icon} />} onClick={() => actions.duplicate(flow)}>
              {t('actions.duplicate')}
            </Menu.Item>
            <Menu.Divider />
            <Menu.Item
              color="red"
              leftSection={<IconTrash {...icon} />}
              disabled={!removing.may}
              title={removing.blocked ?? undefined}
              onClick={() => actions.askRemove(flow)}
            >
              {t('common:remove')}
            </Menu.Item>
          </>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}
