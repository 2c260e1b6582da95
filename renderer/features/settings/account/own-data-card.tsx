import { Button, Text } from '@mantine/core';
import { modals } from '@mantine/modals';
import { IconDownload } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { client } from '../../../lib/client.ts';
import { saveFiles } from '../../../lib/save-files.ts';
import { useSession } from '../../../lib/session.ts';
import { SettingsCard } from '../settings-section.tsx';

/** Everything the vault holds about oneself, as files. */
export function OwnDataCard() {
  const { t } = useTranslation(['account', 'common']);
  const { person } = useSession();
  const exported = useMutation({
    mutationFn: async () => saveFiles(t('data.file', { name: person.userName }), (await client.identity.exportOwn()).files),
  });
  const ask = (): void => {
    modals.openConfirmModal({
      title: t('data.action'),
      children: <Text>{t('data.warning')}</Text>,
      labels: { confirm: t('data.confirm'), cancel: t('common:cancel') },
      onConfirm: () => exported.mutate(),
    });
  };
  return (
    <SettingsCard
      title={t('data.title')}
      lead={t('data.lead')}
      actions={
        <Button variant="default" leftSection={<IconDownload size={16} aria-hidden />} loading={exported.isPending} onClick={ask}>
          {t('data.action')}
        </Button>
      }
    />
  );
}
