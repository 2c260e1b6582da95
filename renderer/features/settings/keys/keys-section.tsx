import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { ErrorState } from '../../../ui/error-state.tsx';
import { Loading } from '../../../ui/loading.tsx';
import { SettingsSection } from '../settings-section.tsx';
import { CustodiansCard } from './custodians-card.tsx';
import { FreshnessCard } from './freshness-card.tsx';
import { slotsQuery } from './queries.ts';
import { RecoveryCard } from './recovery-card.tsx';
import { RotationCard } from './rotation-card.tsx';
import { SlotsCard } from './slots-card.tsx';

/** What opens this vault, the key behind it, and whether it is the newest state. */
export function KeysSection() {
  const { t } = useTranslation('keys');
  const slots = useQuery(slotsQuery);
  if (slots.isPending) return <Loading />;
  if (slots.isError) return <ErrorState error={slots.error} onRetry={() => void slots.refetch()} />;
  return (
    <SettingsSection title={t('title')} lead={t('lead')}>
      <RecoveryCard slots={slots.data} />
      <SlotsCard slots={slots.data} />
      <CustodiansCard slots={slots.data} />
      <RotationCard />
      <FreshnessCard />
    </SettingsSection>
  );
}
