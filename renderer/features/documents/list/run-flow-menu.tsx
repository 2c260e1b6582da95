import { Group, Menu, Text } from '@mantine/core';
import { IconPlayerPlay } from '@tabler/icons-react';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { DocumentSummary } from '../../../../electron/core/contract/index.ts';
import { useWriting } from '../../../lib/cases.ts';
import { client } from '../../../lib/client.ts';
import { navigate } from '../../../lib/route.ts';
import { GuardedButton } from '../../../ui/guarded-button.tsx';
import { CaseMark } from '../../cases/case-mark.tsx';

/** Starts a flow over the selected documents of one case and goes to the run. Documents that are not read yet are left out. */
export function RunFlowMenu({ documents }: { readonly documents: readonly DocumentSummary[] }) {
  const { t } = useTranslation('documents');
  const caseIds = [...new Set(documents.map(({ caseId }) => caseId))];
  const { allowed: mayStart, blocked } = useWriting('runs.start', ...caseIds);
  const ready = documents.filter(({ status }) => status === 'ready').map(({ id }) => id);
  const reason = blocked ?? (caseIds.length > 1 ? t('runFlow.oneCase') : ready.length === 0 ? t('runFlow.noneRead') : null);
  const flows = useQuery({
    queryKey: ['flows', 'for-documents'],
    queryFn: ({ signal }) => client.flows.list({}, { signal }),
    enabled: mayStart,
  });
  const start = useMutation({
    mutationFn: (flowId: string) => client.runs.start({ flowId, documentIds: ready, idempotencyKey: crypto.randomUUID() }),
    onSuccess: (run) => navigate('runs', [run.id]),
  });
  if (!mayStart || !flows.data || flows.data.length === 0) return null;
  // Flows of the same case first; those of other cases may be used too.
  const flowsHere = flows.data.toSorted((a, b) => Number(caseIds.includes(b.caseId)) - Number(caseIds.includes(a.caseId)));
  return (
    <Menu position="bottom-start" width={320} disabled={reason !== null}>
      <Menu.Target>
        <GuardedButton blocked={reason} leftSection={<IconPlayerPlay size={15} aria-hidden />} loading={start.isPending}>
          {t('runFlow.action')}
        </GuardedButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{t('runFlow.label', { count: ready.length })}</Menu.Label>
        {flowsHere.map((flow) => (
          <Menu.Item key={flow.id} onClick={() => start.mutate(flow.id)}>
            <Group justify="space-between" wrap="nowrap" gap="sm">
              <Text truncate>{flow.name}</Text>
              {!caseIds.includes(flow.caseId) && (
                <Text component="div" fz="xs" c="dimmed" maw={150}>
                  <CaseMark caseId={flow.caseId} />
                </Text>
              )}
            </Group>
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
