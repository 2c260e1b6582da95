import { Button, Group, List, Loader, Text } from '@mantine/core';
import { IconAlertTriangle, IconShieldCheck, IconShieldQuestion, IconShieldX } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AuditState } from '../../../../electron/core/contract/index.ts';
import { describeError } from '../../../lib/errors.ts';
import { formatNumber } from '../../../lib/format.ts';
import { formatHash } from '../../../lib/route.ts';
import { Time } from '../../../ui/time.tsx';
import { auditQueries } from '../queries.ts';
import { AlarmText } from '../witnesses/alarm-text.tsx';
import classes from './state.module.css';
import { problemText } from './problem-text.ts';
import { StateDrawer } from './state-drawer.tsx';
import { useVerify } from './use-verify.ts';

const problemsShown = 5;
/** A check of entries that is younger is not made again when somebody comes to look. */
const freshMs = 60_000;

/** Whether every leaf, the tree, its seals and its signed head agree: in sight on every tab, loud when they do not. */
export function StateStrip() {
  const { t } = useTranslation('audit');
  const { data, isError, error } = useQuery(auditQueries.state());
  const verify = useVerify();
  const [opened, setOpened] = useState(false);
  const asked = useRef(false);
  const { mutate } = verify;
  useEffect(() => {
    if (!data || asked.current) return;
    asked.current = true;
    // Core checks by itself after unlocking and daily; who comes to look sees how it is now.
    const { running: begun, last: before } = data.verification;
    if (!begun && (before === null || (before.size < data.size && Date.now() - before.at > freshMs))) mutate();
  }, [data, mutate]);

  const last = data?.verification.last ?? null;
  const running = verify.isPending || data?.verification.running === true;
  const failed = isError || verify.isError;
  const state = last && !last.ok ? 'broken' : running ? 'checking' : failed && !last ? 'unknown' : last ? 'whole' : 'checking';
  return (
    <>
      <div className={classes['strip']} data-state={state} role="status" aria-label={t('verify.label')}>
        <span className={classes['icon']}>
          {state === 'checking' && <Loader size={17} aria-hidden />}
          {state === 'whole' && <IconShieldCheck size={19} stroke={1.7} aria-hidden />}
          {state === 'broken' && <IconShieldX size={19} stroke={1.7} aria-hidden />}
          {state === 'unknown' && <IconShieldQuestion size={19} stroke={1.7} aria-hidden />}
        </span>
        <div className={classes['verdict']}>
          <Text component="span" fw={600}>
            {t(`verify.${state}`)}
          </Text>
          {state === 'unknown' && <Text component="span" fz="xs">{` ${describeError(error ?? verify.error)}`}</Text>}
          {data && last && <Figures state={data} last={last} />}
          {last && !last.ok && <Problems problems={last.problems} />}
        </div>
        <Group gap={6} wrap="nowrap">
          <Button variant="subtle" onClick={() => setOpened(true)} disabled={!data}>
            {t('verify.details')}
          </Button>
          <Button variant="default" loading={running} onClick={() => mutate()}>
            {t('verify.again')}
          </Button>
        </Group>
      </div>
      {data?.witnesses.alarms.map((alarm) => (
        <div key={alarm.name} className={classes['alarm']} role="alert">
          <IconAlertTriangle size={19} stroke={1.7} aria-hidden />
          <div className={classes['verdict']}>
            <AlarmText name={alarm.name} verdict={alarm.verdict} at={alarm.at} />
          </div>
          <Button component="a" variant="default" href={formatHash('audit', ['witnesses'])}>
            {t('tabs.witnesses')}
          </Button>
        </div>
      ))}
      <StateDrawer state={opened ? (data ?? null) : null} running={running} onVerify={() => mutate()} onClose={() => setOpened(false)} />
    </>
  );
}

type Last = NonNullable<AuditState['verification']['last']>;

function Figures({ state, last }: { readonly state: AuditState; readonly last: Last }) {
  const { t } = useTranslation('audit');
  const { witnesses, hold } = state;
  const seen =
    witnesses.count === 0
      ? t('verify.noWitness')
      : witnesses.last === null
        ? t('verify.unseen')
        : t('verify.behind', { count: witnesses.behind, shown: formatNumber(witnesses.behind) });
  return (
    <Text component="span" fz="xs" c="dimmed" className={classes['figures'] ?? ''}>
      {t('verify.checked', { count: last.size, shown: formatNumber(last.size) })} · <Time at={last.at} />
      {state.size > last.size && ` · ${t('state.since', { count: state.size - last.size, shown: formatNumber(state.size - last.size) })}`}
      {/* What an alarm says is said below; how many entries are new to a witness that disagrees means nothing. */}
      {witnesses.alarms.length === 0 && ` · ${seen}`}
      {hold && ` · ${t('verify.held')}`}
    </Text>
  );
}

function Problems({ problems }: { readonly problems: Last['problems'] }) {
  const { t } = useTranslation('audit');
  const rest = problems.length - problemsShown;
  return (
    <List fz="xs" mt={4}>
      {problems.slice(0, problemsShown).map((problem, index) => (
        <List.Item key={index}>{problemText(t, problem)}</List.Item>
      ))}
      {rest > 0 && <List.Item>{t('verify.moreProblems', { count: rest, shown: formatNumber(rest) })}</List.Item>}
    </List>
  );
}
