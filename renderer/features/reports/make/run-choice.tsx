import { Alert, Checkbox, Group, Input, Text, UnstyledButton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { client } from '../../../lib/client.ts';
import { formatNumber } from '../../../lib/format.ts';
import { FormError } from '../../../ui/form-error.tsx';
import { Loading } from '../../../ui/loading.tsx';
import { Time } from '../../../ui/time.tsx';
import { isActive } from '../../runs/model/live-run.ts';
import { RunStateBadge } from '../../runs/run-state.tsx';
import classes from '../reports.module.css';
import type { ChoiceProps } from './choices.tsx';

/** How many runs are offered; an older one has its own page, where a report of it is made. */
const offered = 200;

/** The finished runs of the case, newest first. */
export function RunChoice({ draft: { caseId, runIds }, onChange }: ChoiceProps) {
  const { t } = useTranslation('reports');
  const label = useId();
  const runs = useQuery({
    queryKey: ['runs', 'for-report', caseId],
    queryFn: ({ signal }) => client.runs.list({ ...(caseId === null ? {} : { caseId }), limit: offered }, { signal }),
    enabled: caseId !== null,
  });
  if (caseId === null) return null;
  if (runs.isPending) return <Loading lines={3} />;
  if (runs.isError) return <FormError error={runs.error} />;
  const finished = runs.data.runs.filter((run) => !isActive(run));
  if (finished.length === 0) return <Alert color="gray">{t('make.noRuns')}</Alert>;
  const all = finished.every(({ id }) => runIds.includes(id));
  const toggle = (id: string): void => onChange({ runIds: runIds.includes(id) ? runIds.filter((one) => one !== id) : [...runIds, id] });
  return (
    <div>
      <Group justify="space-between" mb={4}>
        <Input.Label component="div" id={label} required>
          {t('make.runs')}
        </Input.Label>
        <UnstyledButton fz="xs" c="var(--rd-accent-text)" onClick={() => onChange({ runIds: all ? [] : finished.map(({ id }) => id) })}>
          {t(all ? 'make.noneOfThem' : 'make.allOfThem')}
        </UnstyledButton>
      </Group>
      <div className={classes['runs']} role="group" aria-labelledby={label}>
        {finished.map((run) => (
          <div key={run.id} className={classes['run']}>
            <Checkbox
              size="xs"
              flex={1}
              checked={runIds.includes(run.id)}
              onChange={() => toggle(run.id)}
              label={
                <>
                  {run.flowName}{' '}
                  <Text component="span" fz="xs" c="dimmed">
                    {t('make.documents', { count: run.itemCount, shown: formatNumber(run.itemCount) })} · <Time at={run.startedAt} />
                  </Text>
                </>
              }
            />
            <RunStateBadge state={run.state} />
          </div>
        ))}
      </div>
      {runs.data.total > offered && (
        <Text fz="xs" c="dimmed" mt={4}>
          {t('make.olderRuns', { shown: formatNumber(offered) })}
        </Text>
      )}
    </div>
  );
}
