import { Text, UnstyledButton } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Step } from '../../../../electron/core/contract/runs.ts';
import { formatDuration } from '../../../lib/format.ts';
import { stepDuration } from '../model/live-run.ts';
import { StepStateBadge } from '../run-state.tsx';
import classes from './steps.module.css';

type Props = {
  readonly steps: readonly Step[];
  readonly titleOf: (step: Step) => string;
  readonly selected: string | null;
  readonly onSelect: (nodeId: string) => void;
};

/** The steps of one item in time: when each began, how long it took, how it ended. Choosing one shows it. */
export function StepTimeline({ steps, titleOf, selected, onSelect }: Props) {
  const { t } = useTranslation('runs');
  if (steps.length === 0) {
    return (
      <Text fz="sm" c="dimmed" p="xs">
        {t('timeline.none')}
      </Text>
    );
  }
  const begun = steps.flatMap((step) => (step.startedAt === null ? [] : [step.startedAt]));
  const start = Math.min(...begun);
  const end = Math.max(...steps.map((step) => step.finishedAt ?? step.startedAt ?? 0), start + 1);
  return (
    <ol className={classes['timeline']} aria-label={t('timeline.label')}>
      {steps.map((step) => {
        const duration = stepDuration(step);
        const left = step.startedAt === null ? 0 : ((step.startedAt - start) / (end - start)) * 100;
        const width = duration === null ? 0 : Math.max(1, (duration / (end - start)) * 100);
        return (
          <li key={step.nodeId}>
            <UnstyledButton className={classes['step']} aria-pressed={selected === step.nodeId} onClick={() => onSelect(step.nodeId)}>
              <span className={classes['title']}>{titleOf(step)}</span>
              <StepStateBadge state={step.state} />
              <span className={classes['bar']} aria-hidden>
                <span
                  data-state={step.state}
                  style={{ left: `${Math.min(left, 99)}%`, width: `${Math.min(width, 100 - Math.min(left, 99))}%` }}
                />
              </span>
              <span className={classes['time']}>{duration === null ? '–' : formatDuration(duration)}</span>
            </UnstyledButton>
          </li>
        );
      })}
    </ol>
  );
}
