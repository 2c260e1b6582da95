import { Anchor, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { AuditEntry } from '../../../../electron/core/contract/index.ts';
import { describe } from '../../../lib/errors.ts';
import { formatDuration, formatNumber, formatTimeWithZone } from '../../../lib/format.ts';
import { formatHash } from '../../../lib/route.ts';
import { StatusBadge } from '../../../ui/status-badge.tsx';
import { useNames } from '../use-names.ts';
import { EntryDetails } from './entry-details.tsx';
import { outcomeTones } from './entry-line.tsx';
import classes from './log.module.css';
import { lifeAddress } from './life-address.ts';
import { noFilter, queryOf } from './log-filter.ts';

/** What the leaf of an entry holds, in words. */
export function EntryFacts({ entry }: { readonly entry: AuditEntry }) {
  const { t } = useTranslation(['audit', 'common', 'cases']);
  const names = useNames();
  const { sequence, at, actor, actorId, role, session, action, subject, caseId, outcome, reason, details, boot, uptimeMs, leafHash } =
    entry;
  const name = actorId === null ? null : names.of(actorId);
  return (
    <>
      <dl className={classes['facts']}>
        <Fact name={t('column.sequence')}>{formatNumber(sequence)}</Fact>
        <Fact name={t('column.at')}>{formatTimeWithZone(at)}</Fact>
        <Fact name={t('column.actor')}>
          <Anchor fz="sm" href={formatHash('audit', ['log'], queryOf({ ...noFilter, actor }))}>
            {name === null ? actor : `${name} (${actor})`}
          </Anchor>
          {role !== null && ` · ${t(`common:roles.${role}`)}`}
        </Fact>
        <Fact name={t('column.outcome')}>
          <StatusBadge tone={outcomeTones[outcome]}>{t(`outcome.${outcome}`)}</StatusBadge>
        </Fact>
        {reason !== null && (
          <Fact name={t('entry.reason')}>
            <Reason code={reason} />
          </Fact>
        )}
        <Fact name={t('column.subject')}>{subject === '' ? t('entry.noSubject') : <Named id={subject} />}</Fact>
        {caseId !== null && (
          <Fact name={t('cases:case')}>
            <Anchor fz="sm" href={formatHash('audit', ['log'], queryOf({ ...noFilter, caseId }))}>
              {names.of(caseId) ?? <span className={classes['mono']}>{caseId}</span>}
            </Anchor>
          </Fact>
        )}
      </dl>
      <h3 className={classes['part']}>{t('details')}</h3>
      <EntryDetails details={details} />
      <h3 className={classes['part']}>{t('entry.proofPart')}</h3>
      <dl className={classes['facts']}>
        <Fact name={t('entry.code')}>
          <span className={classes['mono']}>{action}</span>
        </Fact>
        {session !== null && (
          <Fact name={t('entry.session')}>
            <Named id={session} />
          </Fact>
        )}
        <Fact name={t('entry.boot')}>
          <span className={classes['mono']}>{boot}</span>
        </Fact>
        <Fact name={t('entry.uptime')}>{formatDuration(uptimeMs)}</Fact>
        <Fact name={t('leafHash')}>
          <span className={classes['mono']}>{leafHash}</span>
        </Fact>
      </dl>
    </>
  );
}

function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </>
  );
}

/** An id with the name it has, if the reader may know it; leads to all that names it. */
function Named({ id }: { readonly id: string }) {
  const name = useNames().of(id);
  return (
    <>
      {name !== null && <div>{name}</div>}
      <Anchor className={classes['mono']} href={lifeAddress(id)}>
        {id}
      </Anchor>
    </>
  );
}

/** An error code in words where there are some: with what happened then, not with what to do now. */
function Reason({ code }: { readonly code: string }) {
  const words = describe({ code, message: '' });
  const { t } = useTranslation('errors');
  return (
    <>
      <span className={classes['mono']}>{code}</span>
      {words !== t('internal.bug') && (
        <Text fz="xs" c="dimmed">
          {words}
        </Text>
      )}
    </>
  );
}
