import { Stack, Switch } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { SigningState } from '../../../../electron/core/contract/index.ts';
import { client } from '../../../lib/client.ts';
import { FormError } from '../../../ui/form-error.tsx';
import { Disclosure } from '../../reports/parts/disclosure.tsx';
import { SettingsCard } from '../settings-section.tsx';
import { Certificate } from './certificate.tsx';
import { useSigningChange } from './use-signing-change.ts';

/** What stands beside the signature in new reports, and what it is worth. */
export function ExtrasCard({ state }: { readonly state: SigningState }) {
  const { t } = useTranslation('signing');
  const { timeStamp, timeStampAuthority, sm2, sm2Certificate } = state;
  const setTimeStamp = useSigningChange((on: boolean) => client.signing.setTimeStamp({ on }), t('extras.saved'));
  const setSm2 = useSigningChange((on: boolean) => client.signing.setSm2({ on }), t('extras.saved'));
  return (
    <SettingsCard title={t('extras.title')} lead={t('extras.lead')}>
      <Stack gap="lg">
        <div className="stack">
          <Switch
            label={t('extras.timeStamp')}
            description={t('extras.timeStampText')}
            checked={setTimeStamp.isPending ? setTimeStamp.variables : timeStamp}
            disabled={setTimeStamp.isPending}
            onChange={(event) => setTimeStamp.mutate(event.currentTarget.checked)}
          />
          <FormError error={setTimeStamp.error} />
          {timeStampAuthority && (
            <Disclosure label={t('extras.authority')}>
              <Certificate of={timeStampAuthority} title={t('extras.authority')} />
            </Disclosure>
          )}
        </div>
        <div className="stack">
          <Switch
            label={t('extras.sm2')}
            description={t('extras.sm2Text')}
            checked={setSm2.isPending ? setSm2.variables : sm2}
            disabled={setSm2.isPending}
            onChange={(event) => setSm2.mutate(event.currentTarget.checked)}
          />
          <FormError error={setSm2.error} />
          {sm2Certificate && (
            <Disclosure label={t('extras.sm2Certificate')}>
              <Certificate of={sm2Certificate} title={t('extras.sm2Certificate')} />
            </Disclosure>
          )}
        </div>
      </Stack>
    </SettingsCard>
  );
}
