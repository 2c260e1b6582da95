import { Alert, Anchor, Group, Stack, Tabs, Text, Title } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { RunItem } from '../../../../electron/core/contract/runs.ts';
import { describe } from '../../../lib/errors.ts';
import { formatHash } from '../../../lib/hash.ts';
import { type LiveRun, stepKey, stepsOf } from '../model/live-run.ts';
import { RunStateBadge } from '../run-state.tsx';
import { StepDetail } from '../steps/step-detail.tsx';
import { StepTimeline } from '../steps/step-timeline.tsx';
import { useNodeTitles } from '../use-node-titles.ts';
import { PortValues } from '../values/port-values.tsx';

/** One document of a run: its result, and how it came about step by step. */
export function ItemPanel({ live, item }: { readonly live: LiveRun; readonly item: RunItem }) {
  const { t } = useTranslation('runs');
  const titleOf = useNodeTitles(live.run.flowId);
  const steps = stepsOf(live, item.index);
  const [nodeId, setNodeId] = useState<string | null>(null);
  const shown = nodeId ?? steps.find((step) => step.state === 'failed')?.nodeId ?? null;
  const step = shown === null ? undefined : live.steps.get(stepKey(item.index, shown));
  return (
    <Stack gap="sm">
      <Group gap="xs" wrap="nowrap">
        <Title order={2} lineClamp={1} style={{ overflowWrap: 'anywhere' }}>
          {item.documentName}
        </Title>
        <RunStateBadge state={item.state} />
      </Group>
      <Anchor href={formatHash('documents', [item.documentId])} fz="xs">
        {t('items.openDocument')}
      </Anchor>
      {item.error && (
        <Alert color="red" icon={<IconAlertTriangle size={16} aria-hidden />} p="xs">
          <Text fz="sm" style={{ overflowWrap: 'anywhere' }}>
            {describe(item.error)}
          </Text>
        </Alert>
      )}
      <Tabs defaultValue={item.state === 'failed' ? 'steps' : 'result'} keepMounted={false}>
        <Tabs.List>
          <Tabs.Tab value="result">{t('items.result')}</Tabs.Tab>
          <Tabs.Tab value="steps">{t('items.steps')}</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="result" pt="sm">
          <PortValues
            values={item.result ?? {}}
            empty={t(item.state === 'queued' || item.state === 'running' ? 'items.resultPending' : 'items.noResult')}
          />
        </Tabs.Panel>
        <Tabs.Panel value="steps" pt="sm">
          <Stack gap="sm">
            <StepTimeline steps={steps} titleOf={titleOf} selected={shown} onSelect={setNodeId} />
            {step ? (
              <StepDetail key={stepKey(item.index, step.nodeId)} runId={live.run.id} step={step} title={titleOf(step)} />
            ) : (
              steps.length > 0 && (
                <Text fz="xs" c="dimmed">
                  {t('timeline.choose')}
                </Text>
              )
            )}
          </Stack>
        </Tabs.Panel>
      </Tabs>
    </Stack>
  );
}
