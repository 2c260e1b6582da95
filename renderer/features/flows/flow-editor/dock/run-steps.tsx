import { Anchor, Text, UnstyledButton } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { describe } from '../../../../lib/errors.ts';
import { formatDuration, formatNumber } from '../../../../lib/format.ts';
import { type LiveRun, type NodeProgress, stepKey, stepsOf } from '../../../runs/model/live-run.ts';
import { StepStateBadge } from '../../../runs/run-state.tsx';
import { StepDetail } from '../../../runs/steps/step-detail.tsx';
import { StepTimeline } from '../../../runs/steps/step-timeline.tsx';
import { useEditorState } from '../state/editor-context.tsx';
import { documentOf } from '../state/editor-store.ts';
import { useNames } from '../use-names.ts';
import classes from './dock.module.css';

type Props = {
  readonly live: LiveRun;
  /** Null for all documents together. */
  readonly item: number | null;
  readonly progress: ReadonlyMap<string, NodeProgress>;
  readonly selected: string | null;
  readonly onSelect: (nodeId: string) => void;
  readonly onItem: (item: number) => void;
};

/** The steps on the left, the chosen one on the right: of one document in detail, of all documents in sums. */
export function RunSteps({ live, item, progress, selected, onSelect, onItem }: Props) {
  const { t } = useTranslation(['runs', 'flows']);
  const titles = useTitles();
  const step = item === null || selected === null ? undefined : live.steps.get(stepKey(item, selected));
  return (
    <div className={classes['split']}>
      <div className={classes['steps']}>
        {item === null ? (
          <ol className={classes['sums']} aria-label={t('timeline.label')}>
            {[...progress].map(([nodeId, sum]) => (
              <li key={nodeId}>
                <UnstyledButton className={classes['sum']} aria-pressed={selected === nodeId} onClick={() => onSelect(nodeId)}>
                  <span className={classes['sumTitle']}>{titles(nodeId)}</span>
                  <StepStateBadge state={sum.state} />
                  <span>{t('facts.items', { done: formatNumber(sum.done), known: formatNumber(live.run.itemCount) })}</span>
                  <span>{sum.durationMs > 0 ? formatDuration(sum.durationMs) : '–'}</span>
                </UnstyledButton>
              </li>
            ))}
          </ol>
        ) : (
          <StepTimeline steps={stepsOf(live, item)} titleOf={({ nodeId }) => titles(nodeId)} selected={selected} onSelect={onSelect} />
        )}
      </div>
      <div className={classes['detail']}>
        {step ? (
          <StepDetail key={stepKey(step.item, step.nodeId)} runId={live.run.id} step={step} title={titles(step.nodeId)} />
        ) : item === null && selected !== null && progress.has(selected) ? (
          <NodeOverItems live={live} nodeId={selected} title={titles(selected)} onItem={onItem} />
        ) : (
          <Text fz="sm" c="dimmed">
            {t('timeline.choose')}
          </Text>
        )}
      </div>
    </div>
  );
}

const shownItems = 50;

/** One node over all documents: those that failed first, each a way into its details. */
function NodeOverItems({
  live,
  nodeId,
  title,
  onItem,
}: {
  readonly live: LiveRun;
  readonly nodeId: string;
  readonly title: string;
  readonly onItem: (item: number) => void;
}) {
  const { t } = useTranslation('runs');
  const weight = { failed: 0, running: 1, pending: 2, cancelled: 3, skipped: 4, succeeded: 5 } as const;
  const rows = live.items
    .flatMap((item) => {
      const step = live.steps.get(stepKey(item.index, nodeId));
      return step ? [{ item, step }] : [];
    })
    .toSorted((a, b) => weight[a.step.state] - weight[b.step.state]);
  return (
    <section aria-label={t('step.label', { title })}>
      <Text fw={600} mb={4}>
        {title}
      </Text>
      <ul className={classes['sums']}>
        {rows.slice(0, shownItems).map(({ item, step }) => (
          <li key={item.index} className={classes['itemLine']}>
            <Anchor component="button" type="button" fz="sm" truncate onClick={() => onItem(item.index)}>
              {item.documentName}
            </Anchor>
            <StepStateBadge state={step.state} />
            {step.error && (
              <Text fz="xs" c="red" truncate title={describe(step.error)}>
                {describe(step.error)}
              </Text>
            )}
          </li>
        ))}
      </ul>
      {rows.length > shownItems && (
        <Text fz="xs" c="dimmed">
          {t('step.moreItems', { count: rows.length - shownItems })}
        </Text>
      )}
    </section>
  );
}

/** Names of the canvas's nodes; the id where the run had a node that is gone. */
function useTitles(): (nodeId: string) => string {
  const nodes = useEditorState((state) => documentOf(state).nodes);
  const catalogue = useEditorState((state) => state.catalogue);
  const { nodeTitle } = useNames();
  return (nodeId) => {
    const node = nodes.find((candidate) => candidate.id === nodeId);
    return node ? nodeTitle(node, catalogue.get(node.type)) : nodeId;
  };
}
