import { Modal } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { FactorForm } from './factor-form.tsx';

/** A token, certificate or this machine's keychain beside the password, none of them, or a token in place of the password. */
export type FactorTask = 'token' | 'certificate' | 'keychain' | 'none' | 'alone';

export function FactorDialog({ task, onClose }: { readonly task: FactorTask | null; readonly onClose: () => void }) {
  const { t } = useTranslation(['account', 'common']);
  return (
    <Modal
      opened={task !== null}
      onClose={onClose}
      title={task && t(`factor.dialog.${task}`)}
      closeButtonProps={{ 'aria-label': t('common:close') }}
    >
      {task && <FactorForm task={task} onDone={onClose} onCancel={onClose} />}
    </Modal>
  );
}
