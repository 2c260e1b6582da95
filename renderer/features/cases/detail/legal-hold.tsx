import { Button, Group, Modal, Text, Textarea } from '@mantine/core';
import { modals } from '@mantine/modals';
import { IconGavel } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CaseDetail } from '../../../../electron/core/contract/index.ts';
import { client } from '../../../lib/client.ts';
import { FormError } from '../../../ui/form-error.tsx';
import { Time } from '../../../ui/time.tsx';
import { SettingsCard } from '../../settings/settings-section.tsx';
import { useCaseRights } from '../rights.ts';
import { useCaseChange } from './use-case-change.ts';

/** While it is held, nothing of the case is deleted: not by hand, and not when its time is up. */
export function LegalHold({ of }: { readonly of: CaseDetail }) {
  const { t } = useTranslation(['cases', 'common']);
  const { hold: mayHold } = useCaseRights(of);
  const [asking, setAsking] = useState(false);
  const set = useCaseChange((reason: string) => client.cases.setLegalHold({ id: of.id, reason }), {
    quiet: true,
    onDone: () => setAsking(false),
  });
  const lifting = useCaseChange(() => client.cases.liftLegalHold({ id: of.id }), { quiet: true });
  const lift = (): void => {
    modals.openConfirmModal({
      title: t('hold.liftTitle', { name: of.name }),
      children: <Text>{t('hold.liftText')}</Text>,
      labels: { confirm: t('hold.lift'), cancel: t('common:cancel') },
      confirmProps: { color: 'red' },
      onConfirm: () => lifting.mutate(undefined),
    });
  };
  const held = of.legalHold;
  return (
    <SettingsCard
      title={t('hold.title')}
      lead={t('hold.lead')}
      actions={
        mayHold &&
        (held ? (
          <Button variant="default" loading={lifting.isPending} onClick={lift}>
            {t('hold.lift')}
          </Button>
        ) : (
          <Button variant="default" leftSection={<IconGavel size={15} aria-hidden />} onClick={() => setAsking(true)}>
            {t('hold.place')}
          </Button>
        ))
      }
    >
      {held ? (
        <div>
          <Text fw={550} style={{ overflowWrap: 'anywhere' }}>
            {held.reason}
          </Text>
          <Text fz="xs" c="dimmed">
            {held.by} · <Time at={held.since} />
          </Text>
        </div>
      ) : (
        <Text c="dimmed">{t('hold.none')}</Text>
      )}
      {!asking && <FormError error={held ? lifting.error : set.error} />}
      <Modal
        opened={asking}
        onClose={() => setAsking(false)}
        title={t('hold.place')}
        closeButtonProps={{ 'aria-label': t('common:close') }}
      >
        {asking && (
          <HoldForm error={set.error} busy={set.isPending} onCancel={() => setAsking(false)} onHold={(reason) => set.mutate(reason)} />
        )}
      </Modal>
    </SettingsCard>
  );
}

type FormProps = {
  readonly error: unknown;
  readonly busy: boolean;
  readonly onCancel: () => void;
  readonly onHold: (reason: string) => void;
};

function HoldForm({ error, busy, onCancel, onHold }: FormProps) {
  const { t } = useTranslation(['cases', 'common']);
  const [reason, setReason] = useState('');
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault();
        if (reason.trim() !== '') onHold(reason.trim());
      }}
    >
      <Textarea
        data-autofocus
        required
        autosize
        minRows={2}
        maxLength={300}
        label={t('hold.reason')}
        description={t('hold.reasonHint')}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
      <FormError error={error} />
      <Group justify="flex-end" gap="xs">
        <Button variant="default" onClick={onCancel}>
          {t('common:cancel')}
        </Button>
        <Button type="submit" loading={busy} disabled={reason.trim() === ''}>
          {t('hold.confirm')}
        </Button>
      </Group>
    </form>
  );
}
