import { Button, FileButton, Group, Modal, Text, Textarea } from '@mantine/core';
import { modals } from '@mantine/modals';
import { IconCertificate, IconFileImport } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { SigningState } from '../../../../electron/core/contract/index.ts';
import { client } from '../../../lib/client.ts';
import { notifyError } from '../../../lib/notify.ts';
import { FormError } from '../../../ui/form-error.tsx';
import { SettingsCard } from '../settings-section.tsx';
import { pemOf } from './pem.ts';
import { RequestForm } from './request-form.tsx';
import { useSigningChange } from './use-signing-change.ts';

/** The organisation's own authority: a request goes out, the chain of certificates comes back. */
export function AuthorityCard({ state }: { readonly state: SigningState }) {
  const { t } = useTranslation(['signing', 'common']);
  const [dialog, setDialog] = useState<'request' | 'chain' | null>(null);
  const close = (): void => setDialog(null);
  const remove = useSigningChange(() => client.signing.removeChain(), t('authority.removed'));
  const issued = state.issuedBy === 'organisation';
  const askRemove = (): void => {
    modals.openConfirmModal({
      title: t('authority.removeTitle'),
      children: <Text>{t('authority.removeText')}</Text>,
      labels: { confirm: t('authority.remove'), cancel: t('common:cancel') },
      confirmProps: { color: 'red' },
      onConfirm: () => remove.mutate(undefined),
    });
  };
  return (
    <SettingsCard title={t('authority.title')} lead={t('authority.lead')}>
      <ol style={{ margin: 0, paddingLeft: 20, fontSize: 13, lineHeight: 1.7 }}>
        <li>{t('authority.stepRequest')}</li>
        <li>{t('authority.stepSign')}</li>
        <li>{t('authority.stepImport')}</li>
      </ol>
      <FormError error={remove.error} />
      <Group gap="xs">
        <Button variant="default" leftSection={<IconCertificate size={16} aria-hidden />} onClick={() => setDialog('request')}>
          {t('authority.request')}
        </Button>
        <Button variant="default" leftSection={<IconFileImport size={16} aria-hidden />} onClick={() => setDialog('chain')}>
          {t(issued ? 'authority.replaceChain' : 'authority.importChain')}
        </Button>
        {issued && (
          <Button variant="subtle" color="red" loading={remove.isPending} onClick={askRemove}>
            {t('authority.remove')}
          </Button>
        )}
      </Group>
      <Modal
        opened={dialog !== null}
        onClose={close}
        title={dialog === 'chain' ? t('authority.importTitle') : t('authority.requestTitle')}
        closeButtonProps={{ 'aria-label': t('common:close') }}
      >
        {dialog === 'request' && <RequestForm state={state} onClose={close} />}
        {dialog === 'chain' && <ImportForm onClose={close} />}
      </Modal>
    </SettingsCard>
  );
}

function ImportForm({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation(['signing', 'common']);
  const [pem, setPem] = useState('');
  const put = useSigningChange(() => client.signing.importChain({ pem }), t('authority.imported'), onClose);
  const read = (files: readonly File[]): void => {
    Promise.all(files.map(pemOf)).then((parts) => setPem(parts.join('\n')), notifyError);
  };
  return (
    <form
      className="stack"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        put.mutate(undefined);
      }}
    >
      <Text>{t('authority.importText')}</Text>
      <div>
        <FileButton accept=".pem,.crt,.cer,.der,.txt" multiple onChange={read}>
          {(props) => (
            <Button {...props} variant="default" leftSection={<IconFileImport size={16} aria-hidden />} data-autofocus>
              {t('authority.chooseFiles')}
            </Button>
          )}
        </FileButton>
      </div>
      <Textarea
        label={t('authority.pem')}
        description={t('authority.pemHint')}
        rows={8}
        spellCheck={false}
        autoComplete="off"
        styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)', fontSize: 12, whiteSpace: 'pre' } }}
        value={pem}
        onChange={(event) => setPem(event.currentTarget.value)}
      />
      <FormError error={put.error} />
      <Group justify="flex-end" gap="xs">
        <Button variant="default" onClick={onClose}>
          {t('common:cancel')}
        </Button>
        <Button type="submit" loading={put.isPending} disabled={pem.trim() === ''}>
          {t('authority.importSubmit')}
        </Button>
      </Group>
    </form>
  );
}
