import { Alert } from '@mantine/core';
import { IconFileOff } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { AuditEntry } from '../../../../electron/core/contract/index.ts';
import { formatNumber } from '../../../lib/format.ts';
import { usePermission } from '../../../lib/session.ts';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { ErrorState } from '../../../ui/error-state.tsx';
import { Loading } from '../../../ui/loading.tsx';
import { SettingsCard } from '../../settings/settings-section.tsx';
import { EntryFacts } from '../log/entry-facts.tsx';
import { EntryLinks } from '../log/entry-links.tsx';
import { SubPage } from '../log/sub-page.tsx';
import { auditQueries } from '../queries.ts';
import { CallTexts } from './call-texts.tsx';
import classes from './calls.module.css';

/** A call of a model: what the log says of it, and, for who may read it, what went in and what came out. */
export function ModelCallPage({ sequence }: { readonly sequence: number }) {
  const { t } = useTranslation('audit');
  const entry = useQuery(auditQueries.entry(sequence));
  const mayRead = usePermission('audit.read-texts');
  return (
    <SubPage
      title={t('call.title', { number: formatNumber(sequence) })}
      description={entry.data ? String(entry.data.details['model'] ?? '') : undefined}
    >
      {entry.isPending && <Loading />}
      {entry.isError && <ErrorState error={entry.error} onRetry={() => void entry.refetch()} />}
      {entry.isSuccess && !isCall(entry.data) && (
        <EmptyState icon={IconFileOff} title={t('entry.gone')}>
          {t('call.noCall')}
        </EmptyState>
      )}
      {isCall(entry.data) && (
        <div className={classes['page']}>
          <div className={classes['texts']}>
            {mayRead ? (
              <CallTexts sequence={sequence} />
            ) : (
              <SettingsCard title={t('call.texts')}>
                <Alert>{t('call.mayNot')}</Alert>
              </SettingsCard>
            )}
          </div>
          <aside className={classes['facts']} aria-label={t('call.facts')}>
            <EntryFacts entry={entry.data} />
            <EntryLinks entry={{ ...entry.data, action: 'model.shown' }} />
          </aside>
        </div>
      )}
    </SubPage>
  );
}

function isCall(entry: AuditEntry | null | undefined): entry is AuditEntry {
  return entry?.action === 'model.call';
}
