import { Button, Group, Stack, Textarea } from '@mantine/core';
import { IconAlertOctagon, IconCheck } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Alert } from '../../../../electron/core/contract/index.ts';
import { client } from '../../../lib/client.ts';
import { notifyDone } from '../../../lib/notify.ts';
import { FormError } from '../../../ui/form-error.tsx';

/** What came of looking into an alert; the note says why, for whoever reads it later. */
export function AlertDecision({ alert }: { readonly alert: Alert }) {
  const { t } = useTranslation('alerts');
  const queryClient = useQueryClient();
  const [note, setNote] = useState(alert.decision?.note ?? '');
  const decide = useMutation({
    mutationFn: (verdict: 'expected' | 'incident') => client.alerts.decide({ id: alert.id, verdict, note }),
    meta: { quiet: true },
    onSuccess: async ({ state }) => {
      notifyDone(t(`decided.${state}`));
      await queryClient.invalidateQueries({ queryKey: ['alerts'] });
    },
  });
  return (
    <Stack gap="xs">
      <Textarea
        label={t('noteLabel')}
        description={t('noteText')}
        autosize
        minRows={2}
        maxRows={8}
        maxLength={2000}
        value={note}
        onChange={(event) => setNote(event.currentTarget.value)}
      />
      <FormError error={decide.error} />
      <Group gap="xs" justify="flex-end">
        <Button
          variant="default"
          c="red"
          leftSection={<IconAlertOctagon size={16} aria-hidden />}
          disabled={alert.state === 'incident' && note === (alert.decision?.note ?? '')}
          loading={decide.isPending && decide.variables === 'incident'}
          onClick={() => decide.mutate('incident')}
        >
          {t('decide.incident')}
        </Button>
        <Button
          leftSection={<IconCheck size={16} aria-hidden />}
          disabled={alert.state === 'expected' && note === (alert.decision?.note ?? '')}
          loading={decide.isPending && decide.variables === 'expected'}
          onClick={() => decide.mutate('expected')}
        >
          {t('decide.expected')}
        </Button>
      </Group>
    </Stack>
  );
}
