import { Alert, Group, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { SigningState } from '../../../../electron/core/contract/index.ts';
import { Fact, Facts } from '../../../ui/facts.tsx';
import { StatusBadge } from '../../../ui/status-badge.tsx';
import { SaveVerifier } from '../../reports/parts/save-verifier.tsx';
import { Disclosure } from '../../reports/parts/disclosure.tsx';
import { SettingsCard } from '../settings-section.tsx';
import { Certificate } from './certificate.tsx';

/** Who signs now; the root's fingerprint is what an auditor is told by another way. */
export function SignerCard({ state }: { readonly state: SigningState }) {
  const { t } = useTranslation('signing');
  const { signer, algorithm, issuedBy, chain, token } = state;
  const root = chain.at(-1);
  const others = chain.slice(0, -1);
  return (
    <SettingsCard title={t('signer.title')} lead={t('signer.lead')} actions={<SaveVerifier />}>
      <Facts>
        <Fact name={t('signer.key')}>
          <Group gap={6}>
            <StatusBadge tone="active">{t(`signer.where.${signer}`)}</StatusBadge>
            {token && <Text fz="xs">{token.label}</Text>}
          </Group>
        </Fact>
        <Fact name={t('signer.algorithm')}>{t(`signer.algorithms.${algorithm}`)}</Fact>
        <Fact name={t('signer.issuedBy')}>{t(`signer.issuers.${issuedBy}`)}</Fact>
      </Facts>
      {root ? (
        <Stack gap="md">
          <Certificate of={root} title={t('signer.root')} />
          <Text fz="xs" c="dimmed" maw={680}>
            {t('signer.readOut')}
          </Text>
          {others.length > 0 && (
            <Disclosure label={t('signer.chain', { count: others.length })}>
              <Stack gap="md">
                {others.map((certificate, index) => (
                  <Certificate key={certificate.sha256} of={certificate} title={t(index === 0 ? 'signer.certificate' : 'signer.between')} />
                ))}
              </Stack>
            </Disclosure>
          )}
        </Stack>
      ) : (
        <Alert color="gray">{t('signer.none')}</Alert>
      )}
    </SettingsCard>
  );
}
