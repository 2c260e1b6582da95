import { Button, Group, Select, Text } from '@mantine/core';
import { IconExternalLink, IconPlayerPlay, IconPlayerStop } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useReactFlow } from '@xyflow/react';
import { useTranslation } from 'react-i18next';
import { useWriting } from '../../../../lib/cases.ts';
import { describe } from '../../../../lib/errors.ts';
import { formatTime } from '../../../../lib/format.ts';
import { formatHash } from '../../../../lib/hash.ts';
import { ErrorState } from '../../../../ui/error-state.tsx';
import { Loading } from '../../../../ui/loading.tsx';
import { isActive, isResumable, type LiveRun, type NodeProgress, progressByNode } from '../../../runs/model/live-run.ts';
import { useLiveRun } from '../../../runs/model/use-live-run.ts';
import { runQueries } from '../../../runs/run-queries.ts';
import { RunProgress } from '../../../runs/run-progress.tsx';
import { RunStateBadge } from '../../../runs/run-state.tsx';
import { useRunActions } from '../../../runs/use-run-actions.ts';
import { useRunsWatch } from '../../../runs/use-runs-watch.ts';
import { reveal } from '../actions/acts.ts';
import { ActionButton } from '../actions/action-button.tsx';
import { useEditor, useEditorState } from '../state/editor-context.tsx';
import { isDirty } from '../state/editor-store.ts';
import type { ViewEdge, ViewNode } from '../state/view-graph.ts';
import classes from './dock.module.css';
import { RunSteps } from './run-steps.tsx';

type Props = { readonly runId: string | null; readonly onRun: (runId: string | null) => void; readonly mayRun: boolean };

const noProgress: ReadonlyMap<string, NodeProgress> = new Map();
const all = 'all';

/** A run of this flow beside its canvas: progress, the document to look at, each node's inputs and outputs. */
export function RunPanel({ runId, onRun, mayRun }: Props) {
  const { t } = useTranslation(['runs', 'flows']);
  const flowId = useEditorState((state) => state.flowId);
  const recent = useQuery(runQueries.list(null, flowId, 1));
  useRunsWatch();
  const { live, failure, reload } = useLiveRun(runId);
  const options = (recent.data?.runs ?? []).map((run) => ({
    value: run.id,
    label: t('flows:run.option', { when: formatTime(run.startedAt), state: t(`states.${run.state}`), count: run.itemCount }),
  }));
  if (runId !== null && live && !options.some((option) => option.value === runId)) {
    options.unshift({
      value: runId,
      label: t('flows:run.option', {
        when: formatTime(live.run.startedAt),
        state: t(`states.${live.run.state}`),
        count: live.run.itemCount,
      }),
    });
  }
  return (
    <div className={classes['run']}>
      <Group gap="xs" className={classes['runBar'] ?? ''}>
        {mayRun && <ActionButton id="run" labelled variant="filled" />}
        <Select
          aria-label={t('flows:run.choose')}
          placeholder={options.length === 0 ? t('flows:run.none') : t('flows:run.choose')}
          data={options}
          value={runId}
          onChange={onRun}
          clearable
          clearButtonProps={{ 'aria-label': t('flows:run.hide') }}
          disabled={options.length === 0}
          w={320}
        />
        {live && <RunControls live={live} reload={reload} />}
      </Group>
      {runId === null && (
        <Text c="dimmed" p="sm">
          {t(mayRun ? 'flows:run.empty' : 'flows:run.emptyReadOnly')}
        </Text>
      )}
      {runId !== null && !live && (failure ? <ErrorState error={failure} onRetry={reload} /> : <Loading lines={3} />)}
      {live && <LiveRunView key={live.run.id} live={live} />}
    </div>
  );
}

function RunControls({ live, reload }: { readonly live: LiveRun; readonly reload: () => void }) {
  const { t } = useTranslation('runs');
  const { run } = live;
  const { may: mayRun } = useWriting('runs.start', run.caseId);
  const { cancel, resume } = useRunActions(run.id, reload);
  return (
    <>
      <RunStateBadge state={run.state} />
      <div className={classes['runProgress']}>
        <RunProgress run={run} />
      </div>
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
        <Button
          variant="default"
          leftSection={<IconPlayerPlay size={16} aria-hidden />}
          loading={resume.isPending}
          onClick={() => resume.mutate()}
        >
          {t('resume')}
        </Button>
      )}
      <Button variant="subtle" component="a" href={formatHash('runs', [run.id])} leftSection={<IconExternalLink size={16} aria-hidden />}>
        {t('detail.open')}
      </Button>
    </>
  );
}

function LiveRunView({ live }: { readonly live: LiveRun }) {
  const { t } = useTranslation(['runs', 'flows']);
  const editor = useEditor();
  const canvas = useReactFlow<ViewNode, ViewEdge>();
  const [choice, setChoice] = useState(live.items.length === 1 ? '0' : all);
  const item = choice === all ? null : Number(choice);
  const selected = useEditorState((state) => (state.selectedNodes.length === 1 ? (state.selectedNodes[0] ?? null) : null));
  const other = useEditorState((state) => isDirty(state) || state.saved.version !== live.run.flowVersion);
  const progress = useEditorState((state) => state.progress);

  useEffect(() => {
    editor.set({ progress: progressByNode(live, item, editor.store.getState().progress) });
  }, [live, item, editor]);
  useEffect(() => () => editor.set({ progress: noProgress }), [editor]);

  const error = live.items.find((row) => row.index === item)?.error ?? live.run.error;
  return (
    <>
      <Group gap="xs" px="sm" pb={6} wrap="nowrap">
        {live.items.length > 1 && (
          <Select
            aria-label={t('flows:run.item')}
            data={[
              { value: all, label: t('flows:run.allItems', { count: live.items.length }) },
              ...live.items.map((row) => ({ value: String(row.index), label: `${row.documentName} – ${t(`states.${row.state}`)}` })),
            ]}
            value={choice}
            onChange={(next) => setChoice(next ?? all)}
            allowDeselect={false}
            searchable
            limit={200}
            w={320}
          />
        )}
        {live.items.length === 1 && <Text fz="sm">{live.items[0]?.documentName}</Text>}
        {error && (
          <Text fz="sm" c="red" role="status" flex={1} truncate title={describe(error)}>
            {describe(error)}
          </Text>
        )}
        {other && (
          <Text fz="xs" c="dimmed">
            {t('flows:run.otherVersion', { version: live.run.flowVersion })}
          </Text>
        )}
      </Group>
      <RunSteps
        live={live}
        item={item}
        progress={progress}
        selected={selected}
        onSelect={(nodeId) => {
          editor.select([nodeId]);
          reveal(canvas, nodeId);
        }}
        onItem={(index) => setChoice(String(index))}
      />
    </>
  );
}
