import { Loader, Tooltip } from '@mantine/core';
import { IconAlertTriangle, IconBan, IconCheck, IconClock, IconPlayerSkipForward, IconX } from '@tabler/icons-react';
import { type NodeProps, type ReactFlowState, useStore } from '@xyflow/react';
import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import type { FlowProblem } from '../../../../../electron/core/contract/flows.ts';
import { formatDuration, formatNumber } from '../../../../lib/format.ts';
import type { NodeProgress } from '../../../runs/model/live-run.ts';
import { NodeIcon } from '../node-icon.tsx';
import { useEditorState } from '../state/editor-context.tsx';
import type { ViewNode } from '../state/view-graph.ts';
import { useNames } from '../use-names.ts';
import classes from './canvas.module.css';
import { Port } from './port.tsx';
import { useProblemText } from '../use-problem-text.ts';

const none: readonly FlowProblem[] = [];

/** From afar only the name and the state are drawn, larger, so that a long flow can be read as a whole. */
const farness = ({ transform }: ReactFlowState): 'far' | 'farther' | undefined =>
  transform[2] < 0.38 ? 'farther' : transform[2] < 0.6 ? 'far' : undefined;

/** A node on the canvas: name, ports, problems and what the shown run does here. */
export const FlowNodeCard = memo(function FlowNodeCard({ id, data, selected }: NodeProps<ViewNode>) {
  const { t } = useTranslation('flows');
  const { nodeTitle, typeTitle } = useNames();
  const progress = useEditorState((state) => state.progress.get(id));
  const problems = useEditorState((state) => state.problemsByNode.get(id)) ?? none;
  const far = useStore(farness);
  const { node, type, inputs, outputs } = data;
  const title = nodeTitle(node, type);
  const subtitle = type ? typeTitle(type) : t('node.unknownType', { type: node.type });
  return (
    <div
      className={classes['node']}
      data-selected={selected || undefined}
      data-category={type?.category ?? 'unknown'}
      data-far={far}
      data-state={progress?.state}
      data-problem={problems.some((problem) => problem.severity === 'error') ? 'error' : problems.length > 0 ? 'warning' : undefined}
    >
      <div className={classes['head']}>
        <span className={classes['icon']}>
          <NodeIcon type={type} size={17} />
        </span>
        <span className={classes['names']}>
          <span className={classes['title']}>{title}</span>
          {subtitle !== title && <span className={classes['type']}>{subtitle}</span>}
        </span>
        {problems.length > 0 && <ProblemMark problems={problems} />}
        {progress && <StateMark progress={progress} />}
      </div>
      {(inputs.length > 0 || outputs.length > 0) && (
        <div className={classes['ports']}>
          <div>
            {inputs.map((port) => (
              <Port key={port.name} nodeId={id} port={port} side="input" />
            ))}
          </div>
          <div>
            {outputs.map((port) => (
              <Port key={port.name} nodeId={id} port={port} side="output" />
            ))}
          </div>
        </div>
      )}
      {progress && progress.state !== 'pending' && <Facts progress={progress} />}
    </div>
  );
});

function ProblemMark({ problems }: { readonly problems: readonly FlowProblem[] }) {
  const text = useProblemText();
  const label = problems.map(text).join('\n');
  const worst = problems.some((problem) => problem.severity === 'error') ? 'error' : 'warning';
  return (
    <Tooltip label={label} multiline maw={320} style={{ whiteSpace: 'pre-line' }}>
      <span className={classes['mark']} data-tone={worst} role="img" aria-label={label}>
        <IconAlertTriangle size={15} stroke={1.9} aria-hidden />
      </span>
    </Tooltip>
  );
}

const marks = {
  pending: <IconClock size={14} stroke={1.8} aria-hidden />,
  running: <Loader size={13} aria-hidden />,
  succeeded: <IconCheck size={15} stroke={2.2} aria-hidden />,
  failed: <IconX size={15} stroke={2.2} aria-hidden />,
  skipped: <IconPlayerSkipForward size={14} stroke={1.8} aria-hidden />,
  cancelled: <IconBan size={14} stroke={1.8} aria-hidden />,
} as const;

function StateMark({ progress }: { readonly progress: NodeProgress }) {
  const { t } = useTranslation('runs');
  return (
    <span className={classes['mark']} data-tone={progress.state} role="img" aria-label={t(`stepStates.${progress.state}`)}>
      {marks[progress.state]}
    </span>
  );
}

/** What happened here so far: items done, failures, time and tokens. */
function Facts({ progress }: { readonly progress: NodeProgress }) {
  const { t } = useTranslation('runs');
  const { done, failed, known, durationMs, tokens } = progress;
  return (
    <div className={classes['facts']}>
      {known > 1 && <span>{t('facts.items', { done: formatNumber(done), known: formatNumber(known) })}</span>}
      {failed > 0 && <span data-tone="failed">{t('facts.failed', { count: failed })}</span>}
      {durationMs > 0 && <span>{formatDuration(durationMs)}</span>}
      {tokens > 0 && <span>{t('facts.tokens', { count: tokens, shown: formatNumber(tokens) })}</span>}
    </div>
  );
}
