import { Drawer } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { AuditEntry } from '../../../../electron/core/contract/index.ts';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { ErrorState } from '../../../ui/error-state.tsx';
import { Loading } from '../../../ui/loading.tsx';
import { IconFileOff } from '@tabler/icons-react';
import { actionName } from '../action-name.ts';
import { auditQueries } from '../queries.ts';
import { EntryFacts } from './entry-facts.tsx';
import { EntryLinks } from './entry-links.tsx';

type Props = {
  /** Of the entry that is shown; null: the drawer is closed. */
  readonly sequence: number | null;
  /** Entries that are there already. */
  readonly known: readonly AuditEntry[];
  readonly onClose: () => void;
};

/** Everything one entry holds, and the ways on from it. */
export function EntryDrawer({ sequence, known, onClose }: Props) {
  const { t } = useTranslation(['audit', 'common']);
  const found = known.find((one) => one.sequence === sequence);
  const asked = useQuery({ ...auditQueries.entry(sequence ?? 0), enabled: sequence !== null && found === undefined });
  const entry = found ?? asked.data;
  return (
    <Drawer
      opened={sequence !== null}
      onClose={onClose}
      position="right"
      size={500}
      title={entry ? actionName(entry.action) : t('entry.title')}
      overlayProps={{ backgroundOpacity: 0.15 }}
      closeButtonProps={{ 'aria-label': t('common:close') }}
    >
      {entry && (
        <>
          <EntryFacts entry={entry} />
          <EntryLinks entry={entry} />
        </>
      )}
      {!entry && asked.isLoading && <Loading />}
      {!entry && asked.isError && <ErrorState error={asked.error} onRetry={() => void asked.refetch()} />}
      {entry === null && (
        <EmptyState icon={IconFileOff} title={t('entry.gone')}>
          {t('entry.goneText')}
        </EmptyState>
      )}
    </Drawer>
  );
}
