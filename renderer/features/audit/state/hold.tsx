import { Alert, Button, Group, Modal, Text, Textarea } from '@mantine/core';
import { IconGavel } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AuditHold } from '../../../../electron/core/contract/audit.ts';
import { client } from '../../../lib/client.ts';
import { usePermission } from '../../../lib/session.ts';
import { FormError } from '../../../ui/form-error.tsx';
import { Time } from '../../../ui/time.tsx';
import { TypedConfirm, isConfirmed } from '../../../ui/typed-confirm.tsx';
import { auditQueries } from '../queries.ts';
import { Part } from './part.tsx';

/** While the log is held, no entry loses its text, however old it is. Lifting the hold is typed: it can lose evidence. */
export function Hold({ hold }: { readonly hold: AuditHold | null }) {
  const { t } = useTranslation(['audit', 'common']);
  const mayManage = usePermission('audit.manage');
  const [asking, setAsking] = useState(false);
  const close = (): void => setAsking(false);
  const title = t(hold ? 'hold.lift' : 'hold.place');
  return (
    <Part
      title={t('hold.title')}
      actions={
        mayManage && (
          <Button variant="default" leftSection={hold ? null : <IconGavel size={15} aria-hidden />} onClick={() => setAsking(true)}>
            {title}
          </Button>
        )
      }
    >
      {hold ? (
        <Alert color="orange" icon={<IconGavel size={18} aria-hidden />} title={t('hold.on')}>
          <Text style={{ overflowWrap: 'anywhere' }}>{hold.reason}</Text>
          <Text fz="xs" c="dimmed">
            {hold.by} · <Time at={hold.since} />
          </Text>
        </Alert>
      ) : (
        <Text c="dimmed">{t('hold.none')}</Text>
      )}
      <Modal opened={asking} onClose={close} title={title} closeButtonProps={{ 'aria-label': t('common:close') }}>
        {asking && (hold ? <LiftForm onClose={close} /> : <PlaceForm onClose={close} />)}
      </Modal>
    </Part>
  );
}

function useHoldChange<Input>(change: (input: Input) => ReturnType<typeof client.audit.liftHold>, onDone: () => void) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: change,
    meta: { quiet: true },
    onSuccess: (state) => {
      queryClient.setQueryData(auditQueries.state().queryKey, state);
      onDone();
    },
  });
}

function PlaceForm({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation(['audit', 'common']);
  const [reason, setReason] = useState('');
  const place = useHoldChange((text: string) => client.audit.setHold({ reason: text }), onClose);
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault();
        if (reason.trim() !== '') place.mutate(reason.trim());
      }}
    >
      <Text>{t('hold.placeText')}</Text>
      <Textarea
        data-autofocus
        required
        autosize
        minRows={2}
        maxLength={500}
        label={t('hold.reason')}
        description={t('hold.reasonHint')}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
      <FormError error={place.error} />
      <Group justify="flex-end" gap="xs">
        <Button variant="default" onClick={onClose}>
          {t('common:cancel')}
        </Button>
        <Button type="submit" loading={place.isPending} disabled={reason.trim() === ''}>
          {t('hold.confirm')}
        </Button>
      </Group>
    </form>
  );
}

function LiftForm({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation(['audit', 'common']);
  const [typed, setTyped] = useState('');
  const phrase = t('hold.phrase');
  const lift = useHoldChange(() => client.audit.liftHold(), onClose);
  const ready = isConfirmed(typed, phrase);
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault();
        if (ready) lift.mutate(undefined);
      }}
    >
      <Text>{t('hold.liftText')}</Text>
      <TypedConfirm phrase={phrase} value={typed} onChange={setTyped} autoFocus />
      <FormError error={lift.error} />
      <Group justify="flex-end" gap="xs">
        <Button variant="default" onClick={onClose}>
          {t('common:cancel')}
        </Button>
        <Button type="submit" color="red" loading={lift.isPending} disabled={!ready}>
          {t('hold.lift')}
        </Button>
      </Group>
    </form>
  );
}
