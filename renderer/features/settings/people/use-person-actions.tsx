import { Text } from '@mantine/core';
import { modals } from '@mantine/modals';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { Person } from '../../../../electron/core/contract/index.ts';
import { client } from '../../../lib/client.ts';
import { notifyDone } from '../../../lib/notify.ts';
import { saveFiles } from '../../../lib/save-files.ts';
import { peopleQuery } from './queries.ts';

/** What is done to an account at once, after a question where it has consequences. */
export function usePersonActions() {
  const { t } = useTranslation(['people', 'common']);
  const queryClient = useQueryClient();
  const onSuccess = () => queryClient.invalidateQueries({ queryKey: peopleQuery().queryKey });
  const status = useMutation({
    mutationFn: ({ id, status: now }: Person) => client.identity.setPersonStatus({ id, status: now === 'active' ? 'disabled' : 'active' }),
    onSuccess,
  });
  const unlock = useMutation({
    mutationFn: ({ id }: Person) => client.identity.unlockPerson({ id }),
    onSuccess: (person) => {
      notifyDone(t('unlocked', { name: person.displayName }));
      return onSuccess();
    },
  });
  const exported = useMutation({
    mutationFn: async ({ id, userName }: Person) =>
      saveFiles(t('export.file', { name: userName }), (await client.identity.exportPerson({ id })).files),
  });
  const askStatus = (person: Person): void => {
    if (person.status === 'disabled') return status.mutate(person);
    modals.openConfirmModal({
      title: t('disableTitle', { name: person.displayName }),
      children: <Text>{t('disableText')}</Text>,
      labels: { confirm: t('disable'), cancel: t('common:cancel') },
      confirmProps: { color: 'red' },
      onConfirm: () => status.mutate(person),
    });
  };
  const askExport = (person: Person): void => {
    modals.openConfirmModal({
      title: t('export.title', { name: person.displayName }),
      children: <Text>{t('export.text')}</Text>,
      labels: { confirm: t('export.confirm'), cancel: t('common:cancel') },
      onConfirm: () => exported.mutate(person),
    });
  };
  return { askStatus, askExport, unlock: (person: Person) => unlock.mutate(person), busy: status.isPending || exported.isPending };
}
