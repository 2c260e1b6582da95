import { Alert, Button, Group, NumberInput, SegmentedControl, Stack, Text } from '@mantine/core';
import { modals } from '@mantine/modals';
import { IconLock, IconLockOpen } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CaseDetail } from '../../../../electron/core/contract/index.ts';
import { client } from '../../../lib/client.ts';
import { formatDay } from '../../../lib/format.ts';
import { policiesQuery } from '../../../lib/policies.ts';
import { useNow } from '../../../lib/use-now.ts';
import { FormError } from '../../../ui/form-error.tsx';
import { SettingsCard } from '../../settings/settings-section.tsx';
import { useCaseRights } from '../rights.ts';
import { useCaseChange } from './use-case-change.ts';

const longestDays = 36_500;

/** Open or closed, and how long after closing the case is kept. */
export function StateAndRetention({ of }: { readonly of: CaseDetail }) {
  const { t } = useTranslation(['cases', 'common']);
  const { manage } = useCaseRights(of);
  const state = useCaseChange((next: CaseDetail['state']) => client.cases.setState({ id: of.id, state: next }));
  const open = of.state === 'open';
  const ask = (): void => {
    if (!open) return state.mutate('open');
    modals.openConfirmModal({
      title: t('close.title', { name: of.name }),
      children: <Text>{t('close.text')}</Text>,
      labels: { confirm: t('close.confirm'), cancel: t('common:cancel') },
      onConfirm: () => state.mutate('closed'),
    });
  };
  const Picture = open ? IconLock : IconLockOpen;
  return (
    <SettingsCard
      title={t('retention.title')}
      lead={open ? t('retention.open') : t('retention.closed', { day: formatDay(of.closedAt ?? of.createdAt) })}
      actions={
        manage && (
          <Button variant="default" leftSection={<Picture size={15} aria-hidden />} loading={state.isPending} onClick={ask}>
            {t(open ? 'close.confirm' : 'close.reopen')}
          </Button>
        )
      }
    >
      <DueText of={of} />
      {manage && <RetentionForm key={of.retentionDays ?? 'policy'} of={of} />}
    </SettingsCard>
  );
}

function DueText({ of }: { readonly of: CaseDetail }) {
  const { t } = useTranslation('cases');
  const policy = useQuery(policiesQuery()).data?.policies.retention.caseDays;
  const days = of.retentionDays ?? policy;
  const now = useNow(false);
  const rule =
    days === undefined
      ? ' '
      : days === 0
        ? t('retention.never')
        : t(of.retentionDays === null ? 'retention.byPolicy' : 'retention.own', { count: days });
  const due = of.dueAt !== null && of.dueAt <= now;
  return (
    <Stack gap={6}>
      <Text>{rule}</Text>
      {of.dueAt !== null && !due && <Text>{t('retention.dueOn', { day: formatDay(of.dueAt) })}</Text>}
      {due && of.dueAt !== null && (
        <Alert color="orange" p="xs">
          {t('retention.dueNow', { day: formatDay(of.dueAt) })}
        </Alert>
      )}
      {of.legalHold && <Text c="dimmed">{t('retention.held')}</Text>}
    </Stack>
  );
}

function RetentionForm({ of }: { readonly of: CaseDetail }) {
  const { t } = useTranslation('cases');
  const [own, setOwn] = useState(of.retentionDays !== null);
  const [days, setDays] = useState<number | ''>(of.retentionDays ?? 365);
  const set = useCaseChange((retentionDays: number | null) => client.cases.setRetention({ id: of.id, retentionDays }), { quiet: true });
  const wanted = own ? days : null;
  return (
    <Stack gap="xs">
      <Group gap="xs">
        <SegmentedControl
          aria-label={t('retention.whose')}
          value={own ? 'own' : 'policy'}
          onChange={(value) => setOwn(value === 'own')}
          data={[
            { value: 'policy', label: t('retention.asPolicy') },
            { value: 'own', label: t('retention.asOwn') },
          ]}
        />
        {own && (
          <NumberInput
            w={130}
            aria-label={t('retention.days')}
            suffix={t('retention.suffix')}
            min={1}
            max={longestDays}
            clampBehavior="strict"
            allowDecimal={false}
            value={days}
            onChange={(value) => setDays(typeof value === 'number' ? value : '')}
          />
        )}
        {wanted !== of.retentionDays && (
          <Button disabled={wanted === ''} loading={set.isPending} onClick={() => wanted !== '' && set.mutate(wanted)}>
            {t('retention.set')}
          </Button>
        )}
      </Group>
      <FormError error={set.error} />
    </Stack>
  );
}
