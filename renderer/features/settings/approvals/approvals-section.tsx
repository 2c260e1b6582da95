import { Button, Group, Text } from '@mantine/core';
import { IconUserCheck } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Approval } from '../../../../electron/core/contract/index.ts';
import { client } from '../../../lib/client.ts';
import { policiesQuery } from '../../../lib/policies.ts';
import { usePermission, useSession } from '../../../lib/session.ts';
import { ErrorState } from '../../../ui/error-state.tsx';
import { Loading } from '../../../ui/loading.tsx';
import { SettingsCard, SettingsSection } from '../settings-section.tsx';
import { ApprovalItem } from './approval-item.tsx';

const firstShown = 10;

/** What waits for one's own yes or no, and what one asked for. */
export function ApprovalsSection() {
  const { t } = useTranslation('approvals');
  const self = useSession().person.id;
  const decides = usePermission('approvals.decide');
  const policies = useQuery(policiesQuery()).data?.policies;
  const list = useQuery({ queryKey: ['approvals', 'list'], queryFn: ({ signal }) => client.approvals.list(undefined, { signal }) });
  const all = list.data ?? [];
  const toDecide = all.filter(({ mayDecide }) => mayDecide);
  const own = all.filter(({ requestedBy }) => requestedBy.id === self);
  const settled = all.filter(({ requestedBy, state }) => requestedBy.id !== self && state !== 'waiting');
  const classes = policies?.fourEyes ?? [];
  const lead = !policies
    ? ' '
    : classes.length === 0
      ? t('leadOff')
      : t('lead', { what: classes.map((one) => t(`classes.${one}`)).join(t('separator')), hours: policies.approvalHours });
  return (
    <SettingsSection title={t('title')} lead={lead}>
      {list.isPending && <Loading lines={4} />}
      {list.isError && <ErrorState error={list.error} onRetry={() => void list.refetch()} />}
      {list.data && decides && <Listing title={t('toDecide')} nothing={t('nothingToDecide')} items={toDecide} />}
      {list.data && <Listing title={t('own')} nothing={t('nothingOwn')} items={own} />}
      {settled.length > 0 && <Listing title={t('settled')} nothing="" items={settled} />}
    </SettingsSection>
  );
}

function Listing({ title, nothing, items }: { readonly title: string; readonly nothing: string; readonly items: readonly Approval[] }) {
  const { t } = useTranslation('approvals');
  const [shown, setShown] = useState(firstShown);
  return (
    <SettingsCard title={title}>
      {items.length === 0 && (
        <Group gap={8} c="dimmed">
          <IconUserCheck size={17} stroke={1.6} aria-hidden />
          <Text>{nothing}</Text>
        </Group>
      )}
      {items.slice(0, shown).map((approval) => (
        <ApprovalItem key={approval.id} approval={approval} />
      ))}
      {items.length > shown && (
        <div>
          <Button variant="subtle" onClick={() => setShown(shown + firstShown * 2)}>
            {t('more', { count: items.length - shown })}
          </Button>
        </div>
      )}
    </SettingsCard>
  );
}
