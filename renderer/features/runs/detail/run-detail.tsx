import { ActionIcon, Alert, Button, Group, Tabs, Tooltip } from '@mantine/core';
import { IconAlertTriangle, IconArrowLeft, IconPlayerPlay, IconPlayerStop, IconRoute } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useWriting } from '../../../lib/cases.ts';
import { describe } from '../../../lib/errors.ts';
import { formatTimeWithZone } from '../../../lib/format.ts';
import { formatHash } from '../../../lib/hash.ts';
import { navigate } from '../../../lib/route.ts';
import { usePermission } from '../../../lib/session.ts';
import { ErrorState } from '../../../ui/error-state.tsx';
import { Loading } from '../../../ui/loading.tsx';
import { PageHeader } from '../../../ui/page-header.tsx';
import { HistoryLink } from '../../audit/history-link.tsx';
import { CaseLine } from '../../cases/case-mark.tsx';
import { RunReports } from '../../reports/run-reports.tsx';
import { isActive, isResumable } from '../model/live-run.ts';
import { useLiveRun } from '../model/use-live-run.ts';
import { RunProgress } from '../run-progress.tsx';
import { RunStateBadge } from '../run-state.tsx';
import { useRunActions } from '../use-run-actions.ts';
import classes from './detail.module.css';
import { RunItems } from './run-items.tsx';

type Props = { readonly id: string; readonly item: number | null };

/** One run: its state and progress, its documents with their results and steps, its reports. */
export function RunDetail({ id, item }: Props) {
  const { t } = useTranslation('runs');
  const { live, failure, reload } = useLiveRun(id);
  const { cancel, resume } = useRunActions(id, reload);
  const { may: mayRun } = useWriting('runs.start', live?.run.caseId ?? null);
  const mayReport = usePermission('reports.read');
  const [tab, setTab] = useState<string | null>('items');
  const back = (
    <Tooltip label={t('detail.back')}>
      <ActionIcon variant="subtle" color="gray" component="a" href={formatHash('runs')} aria-label={t('detail.back')}>
        <IconArrowLeft size={18} aria-hidden />
      </ActionIcon>
    </Tooltip>
  );
  if (!live) {
    return (
      <>
        <PageHeader title={t('detail.title')} leading={back} />
        {failure ? <ErrorState error={failure} onRetry={reload} /> : <Loading />}
      </>
    );
  }
  const { run } = live;
  return (
    <>
      <PageHeader
        leading={back}
        title={
          <Group gap="xs" wrap="nowrap">
            <span className={classes['name']}>{run.flowName}</span>
            <RunStateBadge state={run.state} />
          </Group>
        }
        description={
          <CaseLine caseId={run.caseId}>
            {t('detail.facts', { version: run.flowVersion, who: run.startedBy, when: formatTimeWithZone(run.startedAt) })}
          </CaseLine>
        }
      >
        {mayRun && isActive(run) && (
          <Button
            variant="default"
            leftSection={<IconPlayerStop size={16} aria-hidden />}
            loading={cancel.isPending}
            onClick={() => cancel.mutate()}
          >
            {t('cancel')}
          </Button>
        )}
        {mayRun && isResumable(run) && (
          <Tooltip label={t('resumeHelp')}>
            <Button leftSection={<IconPlayerPlay size={16} aria-hidden />} loading={resume.isPending} onClick={() => resume.mutate()}>
              {t('resume')}
            </Button>
          </Tooltip>
        )}
        <Button
          variant="default"
          leftSection={<IconRoute size={16} aria-hidden />}
          onClick={() => navigate('flows', [run.flowId], { run: run.id })}
        >
          {t('detail.openFlow')}
        </Button>
        <HistoryLink id={run.id} />
      </PageHeader>
      <div className={classes['progress']}>
        <RunProgress run={run} />
      </div>
      {run.error && (
        <Alert color="red" icon={<IconAlertTriangle size={16} aria-hidden />} mx="md" mb="xs" p="xs">
          {describe(run.error)}
        </Alert>
      )}
      <Tabs value={tab} onChange={setTab} keepMounted={false} className={classes['tabs'] ?? ''}>
        <Tabs.List px="md">
          <Tabs.Tab value="items">{t('detail.items')}</Tabs.Tab>
          {mayReport && <Tabs.Tab value="reports">{t('detail.reports')}</Tabs.Tab>}
        </Tabs.List>
        <Tabs.Panel value="items" className={classes['panel'] ?? ''}>
          <RunItems live={live} item={item} />
        </Tabs.Panel>
        {mayReport && (
          <Tabs.Panel value="reports" className={classes['scrolling'] ?? ''}>
            <RunReports run={run} />
          </Tabs.Panel>
        )}
      </Tabs>
    </>
  );
}
