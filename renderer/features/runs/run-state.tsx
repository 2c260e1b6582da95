import { useTranslation } from 'react-i18next';
import type { RunState, StepState } from '../../../electron/core/contract/runs.ts';
import { StatusBadge, type Tone } from '../../ui/status-badge.tsx';

const runTones: Readonly<Record<RunState, Tone>> = {
  queued: 'neutral',
  running: 'active',
  succeeded: 'good',
  failed: 'bad',
  cancelled: 'neutral',
};
const stepTones: Readonly<Record<StepState, Tone>> = { ...runTones, pending: 'neutral', skipped: 'neutral' };

export function RunStateBadge({ state }: { readonly state: RunState }) {
  const { t } = useTranslation('runs');
  return (
    <StatusBadge tone={runTones[state]} busy={state === 'running'}>
      {t(`states.${state}`)}
    </StatusBadge>
  );
}

export function StepStateBadge({ state }: { readonly state: StepState }) {
  const { t } = useTranslation('runs');
  return (
    <StatusBadge tone={stepTones[state]} busy={state === 'running'}>
      {t(`stepStates.${state}`)}
    </StatusBadge>
  );
}
