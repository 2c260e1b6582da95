import { Button, Menu, Text } from '@mantine/core';
import { IconPlayerPlay } from '@tabler/icons-react';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { DocumentSummary } from '../../../../electron/core/contract/index.ts';
import { client } from '../../../lib/client.ts';
import { navigate } from '../../../lib/route.ts';
import { usePermission } from '../../../lib/session.ts';

/** Starts a flow over the selected documents and goes to the run. Documents that are not read yet are left out. */
export function RunFlowMenu({ documents }: { readonly documents: readonly DocumentSummary[] }) {
  const { t } = useTranslation('documents');
  const mayStart = usePermission('runs.start');
  const ready = documents.filter(({ status }) => status === 'ready').map(({ id }) => id);
  const flows = useQuery({
    queryKey: ['flows', 'for-documents'],
    queryFn: ({ signal }) => client.flows.list(undefined, { signal }),
    enabled: mayStart,
  });
  const start = useMutation({
    mutationFn: (flowId: string) => client.runs.start({ flowId, documentIds: ready, idempotencyKey: crypto.randomUUID() }),
    onSuccess: (run) => navigate('runs', [run.id]),
  });
  if (!mayStart || !flows.data || flows.data.length === 0) return null;
  return (
    <Menu position="bottom-start" width={320}>
      <Menu.Target>
        <Button leftSection={<IconPlayerPlay size={15} aria-hidden />} disabled={ready.length === 0} loading={start.isPending}>
          {t('runFlow.action')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{t('runFlow.label', { count: ready.length })}</Menu.Label>
        {flows.data.map((flow) => (
          <Menu.Item key={flow.id} onClick={() => start.mutate(flow.id)}>
            <Text truncate>{flow.name}</Text>
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
