import { Anchor, Drawer, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { Alert, AuditEntry } from '../../../../electron/core/contract/index.ts';
import { formatNumber } from '../../../lib/format.ts';
import { formatHash, navigate } from '../../../lib/route.ts';
import { usePermission } from '../../../lib/session.ts';
import { ErrorState } from '../../../ui/error-state.tsx';
import { Fact, Facts } from '../../../ui/facts.tsx';
import { Loading } from '../../../ui/loading.tsx';
import { Time } from '../../../ui/time.tsx';
import { actionName } from '../action-name.ts';
import { AlertDecision } from './alert-decision.tsx';
import { AlertState } from './alert-state.tsx';
import classes from './alerts.module.css';
import { explain } from './explain.ts';
import { alertQueries } from './queries.ts';

/** One alert: why it was raised, the entries that show it, and what came of looking into it. */
export function AlertDrawer({ id }: { readonly id: string | null }) {
  const { t } = useTranslation(['alerts', 'common']);
  const one = useQuery({ ...alertQueries.one(id ?? ''), enabled: id !== null });
  const shown = one.data;
  return (
    <Drawer
      opened={id !== null}
      onClose={() => navigate('audit', ['alerts'])}
      position="right"
      size={520}
      title={shown ? t(`rule.${shown.alert.facts.rule}.name`) : t('title')}
      overlayProps={{ backgroundOpacity: 0.15 }}
      closeButtonProps={{ 'aria-label': t('common:close') }}
    >
      {one.isLoading && <Loading />}
      {one.isError && <ErrorState error={one.error} onRetry={() => void one.refetch()} />}
      {shown && <Details alert={shown.alert} entries={shown.entries} />}
    </Drawer>
  );
}

function Details({ alert, entries }: { readonly alert: Alert; readonly entries: readonly AuditEntry[] }) {
  const { t } = useTranslation('alerts');
  const manages = usePermission('audit.manage');
  const { facts, person, firstAt, lastAt, decision, evidence } = alert;
  return (
    <Stack gap="md">
      <Text>{explain(facts, t)}</Text>
      <Text fz="xs" c="dimmed">
        {t(`rule.${facts.rule}.text`)}
      </Text>
      <Facts>
        <Fact name={t('column.who')}>
          {person ? <Anchor href={formatHash('audit', ['log'], { who: person.userName })}>{person.userName}</Anchor> : t('nobody')}
        </Fact>
        <Fact name={t('first')}>
          <Time at={firstAt} />
        </Fact>
        <Fact name={t('last')}>
          <Time at={lastAt} />
        </Fact>
        <Fact name={t('column.state')}>
          <AlertState alert={alert} />
        </Fact>
        {decision && (
          <Fact name={t('decidedBy')}>
            {decision.by} · <Time at={decision.at} />
          </Fact>
        )}
        {decision && decision.note !== '' && (
          <Fact name={t('note')}>
            <span className={classes['note']}>{decision.note}</span>
          </Fact>
        )}
      </Facts>
      {manages && <AlertDecision key={`${alert.id}/${decision?.at ?? 0}`} alert={alert} />}
      <section aria-label={t('evidence.title')}>
        <Text fw={600} mb={4}>
          {t('evidence.title')}
        </Text>
        <ul className={classes['evidence']}>
          {entries.map(({ sequence, at, action, subject, outcome }) => (
            <li key={sequence}>
              <Anchor fz="inherit" href={formatHash('audit', ['log', sequence])} title={subject}>
                {formatNumber(sequence)}
              </Anchor>
              <Time at={at} />
              <span>
                {actionName(action)}
                {outcome !== 'done' && ` · ${t(`audit:outcome.${outcome}`)}`}
              </span>
            </li>
          ))}
        </ul>
        {entries.length < evidence.length && (
          <Text fz="xs" c="dimmed">
            {t('evidence.gone', { count: evidence.length - entries.length })}
          </Text>
        )}
      </section>
    </Stack>
  );
}
