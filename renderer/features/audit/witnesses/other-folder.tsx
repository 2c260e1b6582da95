import { Button, Group, Modal } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { FolderField } from '../../../ui/folder-field.tsx';
import { FormError } from '../../../ui/form-error.tsx';

type Props = {
  /** Null: the dialog is closed. */
  readonly what: 'cosign' | 'check' | null;
  readonly name: string;
  readonly error: unknown;
  readonly busy: boolean;
  readonly onFolder: (folder: string) => void;
  readonly onClose: () => void;
};

/** Where the witness is now: a medium does not always come up in the same place. */
export function OtherFolder({ what, name, error, busy, onFolder, onClose }: Props) {
  const { t } = useTranslation(['audit', 'common']);
  return (
    <Modal
      opened={what !== null}
      onClose={onClose}
      title={what === null ? '' : t(`witness.in.${what}`, { name })}
      closeButtonProps={{ 'aria-label': t('common:close') }}
    >
      {what !== null && <Form what={what} error={error} busy={busy} onFolder={onFolder} onClose={onClose} />}
    </Modal>
  );
}

function Form({ what, error, busy, onFolder, onClose }: Omit<Props, 'name'> & { readonly what: 'cosign' | 'check' }) {
  const { t } = useTranslation(['audit', 'common']);
  const [folder, setFolder] = useState('');
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault();
        if (folder.trim() !== '') onFolder(folder.trim());
      }}
    >
      <FolderField
        data-autofocus
        required
        label={t('witness.folder')}
        value={folder}
        onChange={(event) => setFolder(event.currentTarget.value)}
        onChoose={setFolder}
      />
      <FormError error={error} />
      <Group justify="flex-end" gap="xs">
        <Button variant="default" onClick={onClose}>
          {t('common:cancel')}
        </Button>
        <Button type="submit" loading={busy} disabled={folder.trim() === ''}>
          {t(`witness.${what}`)}
        </Button>
      </Group>
    </form>
  );
}
