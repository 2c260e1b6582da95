import { Button, Group, List, Loader, Popover, Text } from '@mantine/core';
import { IconShieldCheck, IconShieldQuestion, IconShieldX } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { describeError } from '../../lib/errors.ts';
import { formatDuration, formatNumber } from '../../lib/format.ts';
import { Time } from '../../ui/time.tsx';
import classes from './audit.module.css';
import { Checkpoint } from './checkpoint.tsx';
import { auditVerifyQuery } from './queries.ts';

const problemsShown = 20;

/** Whether every leaf, the tree and its signed head agree; always in sight, checked again on request. */
export function Verification() {
  const { t } = useTranslation('audit');
  const verify = useQuery(auditVerifyQuery);
  const { data } = verify;
  const state = verify.isFetching ? 'checking' : verify.isError ? 'unknown' : data?.ok === true ? 'whole' : 'broken';
  return (
    <div className={classes['verification']} data-state={state} role="status" aria-label={t('verify.label')}>
      {state === 'checking' && <Loader size={18} aria-hidden />}
      {state === 'whole' && <IconShieldCheck size={20} stroke={1.7} aria-hidden />}
      {state === 'broken' && <IconShieldX size={20} stroke={1.7} aria-hidden />}
      {state === 'unknown' && <IconShieldQuestion size={20} stroke={1.7} aria-hidden />}
      <div className={classes['verdict']}>
        <Text fw={600}>{t(`verify.${state}`)}</Text>
        <Text fz="xs" c="dimmed" component="div">
          {verify.isError && describeError(verify.error)}
          {data && (
            <>
              {t('verify.figures', { count: data.size, shown: formatNumber(data.size), time: formatDuration(data.durationMs) })}
              {' · '}
              <Time at={verify.dataUpdatedAt} />
            </>
          )}
        </Text>
        {data && data.problems.length > 0 && (
          <List fz="xs" mt={4}>
            {data.problems.slice(0, problemsShown).map((problem, index) => (
              <List.Item key={index}>
                {problem.sequence !== null && `${t('column.sequence')} ${formatNumber(problem.sequence)}: `}
                {problem.message}
              </List.Item>
            ))}
          </List>
        )}
      </div>
      <Group gap="xs" wrap="nowrap">
        {data && (
          <Popover position="bottom-end" width={440} shadow="md" trapFocus>
            <Popover.Target>
              <Button variant="subtle">{t('verify.checkpoint')}</Button>
            </Popover.Target>
            <Popover.Dropdown>
              <Checkpoint verification={data} />
            </Popover.Dropdown>
          </Popover>
        )}
        <Button variant="default" loading={verify.isFetching} onClick={() => void verify.refetch()}>
          {t('verify.again')}
        </Button>
      </Group>
    </div>
  );
}
