import { Alert, Group, Stack, Tabs, Text } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { Step } from '../../../../electron/core/contract/runs.ts';
import { client } from '../../../lib/client.ts';
import { describe } from '../../../lib/errors.ts';
import { formatDuration, formatNumber } from '../../../lib/format.ts';
import { ErrorState } from '../../../ui/error-state.tsx';
import { Loading } from '../../../ui/loading.tsx';
import { stepDuration } from '../model/live-run.ts';
import { StepStateBadge } from '../run-state.tsx';
import { PortValues } from '../values/port-values.tsx';

type Props = { readonly runId: string; readonly step: Step; readonly title: string };

/** One node's work on one item: how it went, what went in and what came out. */
export function StepDetail({ runId, step, title }: Props) {
  const { t } = useTranslation('runs');
  const { item, nodeId, state, attempt, tokens, model, error } = step;
  const detail = useQuery({
    // State and attempt are part of the key: what went in and out is read again when they change.
    queryKey: ['runs', 'step', runId, item, nodeId, state, attempt],
    queryFn: ({ signal }) => client.runs.step({ runId, item, nodeId }, { signal }),
    enabled: state !== 'pending',
    staleTime: state === 'running' ? 0 : Number.POSITIVE_INFINITY,
  });
  const duration = stepDuration(step);
  return (
    <Stack gap="xs" role="region" aria-label={t('step.label', { title })}>
      <Group gap="xs">
        <Text fw={600}>{title}</Text>
        <StepStateBadge state={state} />
        {duration !== null && <Text fz="xs">{formatDuration(duration)}</Text>}
        {attempt > 1 && <Text fz="xs">{t('step.attempt', { attempt })}</Text>}
        {tokens !== null && (
          <Text fz="xs">
            {t('facts.tokens', { count: tokens, shown: formatNumber(tokens) })}
            {duration !== null && duration > 0 && ` · ${t('step.rate', { rate: formatNumber((tokens / duration) * 1000, 1) })}`}
          </Text>
        )}
        {model !== null && (
          <Text fz="xs" c="dimmed">
            {model}
          </Text>
        )}
      </Group>
      {error && (
        <Alert color={state === 'skipped' ? 'gray' : 'red'} icon={<IconAlertTriangle size={16} aria-hidden />} p="xs">
          <Text fz="sm" style={{ overflowWrap: 'anywhere' }}>
            {describe(error)}
          </Text>
        </Alert>
      )}
      {state === 'pending' && (
        <Text fz="xs" c="dimmed">
          {t('step.pending')}
        </Text>
      )}
      {detail.isError && <ErrorState error={detail.error} onRetry={() => void detail.refetch()} />}
      {detail.isLoading && <Loading lines={3} />}
      {detail.data && (
        <Tabs defaultValue={state === 'succeeded' ? 'outputs' : 'inputs'} keepMounted={false}>
          <Tabs.List>
            <Tabs.Tab value="inputs">{t('step.inputs')}</Tabs.Tab>
            <Tabs.Tab value="outputs">{t('step.outputs')}</Tabs.Tab>
          </Tabs.List>
          <Tabs.Panel value="inputs" pt="xs">
            <PortValues values={detail.data.inputs} empty={t('step.noInputs')} />
          </Tabs.Panel>
          <Tabs.Panel value="outputs" pt="xs">
            <PortValues values={detail.data.outputs ?? {}} empty={t(detail.data.outputs ? 'step.noOutputs' : 'step.notYet')} />
          </Tabs.Panel>
        </Tabs>
      )}
    </Stack>
  );
}
