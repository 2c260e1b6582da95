import { Button, Group, Radio, Stack, Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Snapshot } from '../../../../electron/core/contract/index.ts';
import { publicClient } from '../../../lib/client.ts';
import { FolderField } from '../../../ui/folder-field.tsx';
import { FormError } from '../../../ui/form-error.tsx';
import { SnapshotLine } from './snapshot-line.tsx';

type Props = { readonly onChoose: (folder: string, snapshot: Snapshot) => void };

/** Which folder, and which of the states it holds; looking needs no key. */
export function ChooseSnapshot({ onChoose }: Props) {
  const { t } = useTranslation('vault');
  const [folder, setFolder] = useState('');
  const [chosen, setChosen] = useState<string | null>(null);
  const look = useMutation({
    mutationFn: (path: string) => publicClient.backup.inspect({ folder: path }),
    meta: { quiet: true },
    onSuccess: (snapshots) => setChosen(snapshots.find(({ problem }) => problem === null)?.id ?? null),
  });
  const snapshots = look.data ?? [];
  const snapshot = snapshots.find(({ id }) => id === chosen);
  return (
    <Stack gap="md">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (folder.trim() !== '') look.mutate(folder.trim());
        }}
      >
        <Group align="flex-end" gap="xs" wrap="nowrap">
          <FolderField
            label={t('restore.folder')}
            description={t('restore.folderHint')}
            value={folder}
            onChange={(event) => setFolder(event.currentTarget.value)}
            onChoose={setFolder}
            autoFocus
          />
          <Button type="submit" variant="default" h={32} loading={look.isPending} disabled={folder.trim() === ''}>
            {t('restore.look')}
          </Button>
        </Group>
      </form>
      <FormError error={look.error} />
      {look.data && snapshots.length === 0 && <Text c="dimmed">{t('restore.nothing')}</Text>}
      {snapshots.length > 0 && (
        <Radio.Group label={t('restore.states')} value={chosen} onChange={setChosen}>
          <Stack gap={6} mt={4} mah={300} style={{ overflowY: 'auto' }}>
            {snapshots.map((each) => (
              <SnapshotLine key={each.id} snapshot={each} />
            ))}
          </Stack>
        </Radio.Group>
      )}
      {snapshots.length > 0 && (
        <Group justify="flex-end">
          <Button size="sm" disabled={!snapshot} onClick={() => snapshot && onChoose(look.variables ?? folder, snapshot)}>
            {t('restore.next')}
          </Button>
        </Group>
      )}
    </Stack>
  );
}
