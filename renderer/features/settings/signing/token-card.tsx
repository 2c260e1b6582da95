import { Button, Group, Modal, Text } from '@mantine/core';
import { modals } from '@mantine/modals';
import { IconUsb } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { SigningState } from '../../../../electron/core/contract/index.ts';
import { client } from '../../../lib/client.ts';
import { Fact, Facts } from '../../../ui/facts.tsx';
import { FormError } from '../../../ui/form-error.tsx';
import { StatusBadge } from '../../../ui/status-badge.tsx';
import { Time } from '../../../ui/time.tsx';
import { SettingsCard } from '../settings-section.tsx';
import { TokenForm } from './token-form.tsx';
import { useSigningChange } from './use-signing-change.ts';

// Its name is that of a hook to the linter.
const { useVaultKey: signWithVaultKey } = client.signing;

/** A key that never leaves a token signs in place of the vault's own. */
export function TokenCard({ state: { token } }: { readonly state: SigningState }) {
  const { t } = useTranslation(['signing', 'common']);
  const [choosing, setChoosing] = useState(false);
  const back = useSigningChange(() => signWithVaultKey(), t('token.backDone'));
  const askBack = (): void => {
    modals.openConfirmModal({
      title: t('token.backTitle'),
      children: <Text>{t('token.backText')}</Text>,
      labels: { confirm: t('token.back'), cancel: t('common:cancel') },
      onConfirm: () => back.mutate(undefined),
    });
  };
  return (
    <SettingsCard title={t('token.title')} lead={t('token.lead')}>
      {token && (
        <Facts>
          <Fact name={t('token.name')}>{token.label}</Fact>
          <Fact name={t('token.serial')}>{token.serial}</Fact>
          <Fact name={t('token.keyId')}>
            <code>{token.keyId}</code>
          </Fact>
          <Fact name={t('token.pinState')}>
            {token.unlockedUntil === null ? (
              <StatusBadge tone="neutral">{t('token.pinAsked')}</StatusBadge>
            ) : (
              <>
                {t('token.pinUntil')} <Time at={token.unlockedUntil} />
              </>
            )}
          </Fact>
        </Facts>
      )}
      <FormError error={back.error} />
      <Group gap="xs">
        <Button variant="default" leftSection={<IconUsb size={16} aria-hidden />} onClick={() => setChoosing(true)}>
          {t(token ? 'token.other' : 'token.choose')}
        </Button>
        {token && (
          <Button variant="subtle" loading={back.isPending} onClick={askBack}>
            {t('token.back')}
          </Button>
        )}
      </Group>
      <Modal
        opened={choosing}
        onClose={() => setChoosing(false)}
        title={t('token.chooseTitle')}
        closeButtonProps={{ 'aria-label': t('common:close') }}
      >
        {choosing && <TokenForm onClose={() => setChoosing(false)} />}
      </Modal>
    </SettingsCard>
  );
}
