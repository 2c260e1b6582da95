import { Anchor, SegmentedControl } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { signOut } from '../../../app/lock.ts';
import { FactorForm } from '../../settings/account/factor-form.tsx';
import { GatePage } from '../gate-page.tsx';
import type { SecondFactor } from './factor-proof.ts';

/** The policy asks this person for a second factor and there is none yet: nothing else is possible before. */
export function MustAddFactor() {
  const { t } = useTranslation(['vault', 'common']);
  const [factor, setFactor] = useState<SecondFactor>('token');
  return (
    <GatePage
      title={t('mustFactor.title')}
      lead={t('mustFactor.lead')}
      footer={
        <Anchor component="button" type="button" fz="sm" onClick={() => void signOut()}>
          {t('common:signOut')}
        </Anchor>
      }
    >
      <SegmentedControl
        aria-label={t('mustFactor.which')}
        value={factor}
        onChange={(value) => setFactor(value)}
        data={[
          { value: 'token' as const, label: t('mustFactor.token') },
          { value: 'certificate' as const, label: t('mustFactor.certificate') },
        ]}
      />
      <FactorForm key={factor} task={factor} />
    </GatePage>
  );
}
