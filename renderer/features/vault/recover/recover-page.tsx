import { Alert, Anchor, SegmentedControl } from '@mantine/core';
import { IconInfoCircle } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { VaultStatus } from '../../../../electron/core/contract/index.ts';
import { GatePage } from '../gate-page.tsx';
import { OlderVault } from '../older/older-vault.tsx';
import { RecoverForm } from './recover-form.tsx';
import { useRecover } from './use-recover.ts';

type Props = { readonly vault: VaultStatus; readonly onBack: () => void };
type Way = 'code' | 'shares';

/** A forgotten password: the recovery code or enough custodians' shares open the vault and give a new one. */
export function RecoverPage({ vault, onBack }: Props) {
  const { t } = useTranslation('vault');
  const { recovery, custodians } = vault.ways;
  const [way, setWay] = useState<Way>(recovery ? 'code' : 'shares');
  const recover = useRecover();
  const footer = (
    <Anchor component="button" type="button" fz="sm" onClick={onBack}>
      {t('recover.back')}
    </Anchor>
  );

  if (recover.older) return <OlderVault failure={recover.older} busy={recover.busy} onOpen={recover.openOlder} onBack={recover.back} />;
  if (!recovery && !custodians)
    return (
      <GatePage title={t('recover.title')} footer={footer}>
        <Alert color="orange" icon={<IconInfoCircle size={18} aria-hidden />} title={t('recover.noneTitle')}>
          {t('recover.none')}
        </Alert>
      </GatePage>
    );
  return (
    <GatePage title={t('recover.title')} lead={t('recover.lead')} footer={footer} wide>
      {recovery && custodians && (
        <SegmentedControl
          aria-label={t('recover.way')}
          value={way}
          onChange={(value) => setWay(value)}
          data={[
            { value: 'code' as const, label: t('recover.withCode') },
            { value: 'shares' as const, label: t('recover.withShares') },
          ]}
        />
      )}
      <RecoverForm key={way} needed={way === 'shares' ? (custodians?.threshold ?? 2) : null} recover={recover} />
    </GatePage>
  );
}
