import { Button, Group, Modal, SegmentedControl, Text, TextInput, Textarea } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useTranslation } from 'react-i18next';
import { client } from '../../../lib/client.ts';
import { notifyDone } from '../../../lib/notify.ts';
import { FolderField } from '../../../ui/folder-field.tsx';
import { FormError } from '../../../ui/form-error.tsx';
import { useWitnessChange } from './use-witness-change.ts';

type Props = { readonly opened: boolean; readonly onClose: () => void };

/** As the contract takes it: no spaces, no plus sign. */
const fitting = /^[^\s+\p{C}]{0,80}$/u;
const kinds = ['make', 'folder', 'key'] as const;
type Values = { kind: (typeof kinds)[number]; folder: string; name: string; key: string };

/** Trusts a witness: one made now in a folder, one that is there already, or one on a second machine by its key. */
export function AddWitness({ opened, onClose }: Props) {
  const { t } = useTranslation(['audit', 'common']);
  return (
    <Modal opened={opened} onClose={onClose} title={t('witness.add')} size={560} closeButtonProps={{ 'aria-label': t('common:close') }}>
      {opened && <Form onClose={onClose} />}
    </Modal>
  );
}

function Form({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation(['audit', 'common']);
  const form = useForm<Values>({
    initialValues: { kind: 'make', folder: '', name: '', key: '' },
    validate: {
      folder: (value, { kind }) => (kind !== 'key' && value.trim() === '' ? t('witness.folderMissing') : null),
      key: (value, { kind }) => (kind === 'key' && value.trim() === '' ? t('witness.keyMissing') : null),
      name: (value, { kind }) => (kind === 'make' && !fitting.test(value.trim()) ? t('witness.nameWrong') : null),
    },
  });
  const add = useWitnessChange(
    async ({ kind, folder, name, key }: Values) => {
      if (kind === 'key') return client.witness.add({ kind: 'key', key: key.trim() });
      const create = kind === 'make' ? { name: name.trim() === '' ? null : name.trim() } : null;
      const { id } = await client.witness.add({ kind: 'folder', folder: folder.trim(), create });
      // It is at hand, so it cosigns at once: until then it says nothing.
      return client.witness.cosign({ id, folder: null });
    },
    {
      quiet: true,
      onDone: ({ name }) => {
        notifyDone(t('witness.added', { name }));
        onClose();
      },
    },
  );
  const { kind } = form.values;
  return (
    <form className="stack" noValidate onSubmit={form.onSubmit((values) => add.mutate(values))}>
      <SegmentedControl
        fullWidth
        aria-label={t('witness.kind')}
        data={kinds.map((value) => ({ value, label: t(`witness.kinds.${value}`) }))}
        {...form.getInputProps('kind')}
      />
      <Text fz="xs" c="dimmed">
        {t(`witness.kindText.${kind}`)}
      </Text>
      {kind === 'key' ? (
        <Textarea
          data-autofocus
          required
          autosize
          minRows={2}
          spellCheck={false}
          label={t('witness.key')}
          styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)' } }}
          {...form.getInputProps('key')}
        />
      ) : (
        <FolderField
          data-autofocus
          required
          label={t('witness.folder')}
          onChoose={(folder) => form.setFieldValue('folder', folder)}
          {...form.getInputProps('folder')}
        />
      )}
      {kind === 'make' && (
        <TextInput
          label={t('witness.name')}
          description={t('witness.nameHint')}
          autoComplete="off"
          spellCheck={false}
          {...form.getInputProps('name')}
        />
      )}
      <FormError error={add.error} />
      <Group justify="flex-end" gap="xs">
        <Button variant="default" onClick={onClose}>
          {t('common:cancel')}
        </Button>
        <Button type="submit" loading={add.isPending}>
          {t(`witness.addAs.${kind}`)}
        </Button>
      </Group>
    </form>
  );
}
