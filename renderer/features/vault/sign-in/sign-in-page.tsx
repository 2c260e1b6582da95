import { Alert, Anchor } from '@mantine/core';
import { IconInfoCircle } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { VaultStatus } from '../../../../electron/core/contract/index.ts';
import type { LockReason } from '../../../lib/session.ts';
import { GatePage } from '../gate-page.tsx';
import { OlderVault } from '../older/older-vault.tsx';
import { RecoverPage } from '../recover/recover-page.tsx';
import { SignInForm } from './sign-in-form.tsx';
import { useSignIn } from './use-sign-in.ts';

type Props = { readonly vault: VaultStatus; readonly reason: LockReason };

/** Opens the vault, or signs a person in to one that is open already. */
export function SignInPage({ vault, reason }: Props) {
  const { t } = useTranslation('vault');
  const signIn = useSignIn();
  const [tokenAlone, setTokenAlone] = useState(false);
  const [recovering, setRecovering] = useState(false);
  const open = vault.state === 'unlocked';

  if (recovering) return <RecoverPage vault={vault} onBack={() => setRecovering(false)} />;
  if (signIn.older) return <OlderVault failure={signIn.older} busy={signIn.busy} onOpen={signIn.openOlder} onBack={signIn.back} />;
  return (
    <GatePage
      title={t(open ? 'unlock.signInTitle' : 'unlock.title')}
      lead={t(open ? 'unlock.signInLead' : 'unlock.lead')}
      footer={
        <>
          {vault.ways.token && (
            <Anchor component="button" type="button" fz="sm" onClick={() => setTokenAlone(!tokenAlone)}>
              {t(tokenAlone ? 'unlock.withPassword' : 'unlock.withToken')}
            </Anchor>
          )}
          <Anchor component="button" type="button" fz="sm" onClick={() => setRecovering(true)}>
            {t('unlock.forgotten')}
          </Anchor>
        </>
      }
    >
      {(reason === 'interrupted' || reason === 'idle') && (
        <Alert role="status" icon={<IconInfoCircle size={18} aria-hidden />} variant="light" color="petrol">
          {t(`unlock.${reason}`)}
        </Alert>
      )}
      <SignInForm key={String(tokenAlone)} signIn={signIn} action={t(open ? 'unlock.signIn' : 'unlock.submit')} tokenAlone={tokenAlone} />
    </GatePage>
  );
}
