import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { ErrorState } from '../../../ui/error-state.tsx';
import { Loading } from '../../../ui/loading.tsx';
import { SettingsSection } from '../settings-section.tsx';
import { AuthorityCard } from './authority-card.tsx';
import { ExtrasCard } from './extras-card.tsx';
import { signingQuery } from './queries.ts';
import { SignerCard } from './signer-card.tsx';
import { TokenCard } from './token-card.tsx';

/** Who signs reports, who vouches for that, and what stands beside the signature. */
export function SigningSection() {
  const { t } = useTranslation('signing');
  const state = useQuery(signingQuery());
  return (
    <SettingsSection title={t('title')} lead={t('lead')}>
      {state.isPending && <Loading lines={8} />}
      {state.isError && <ErrorState error={state.error} onRetry={() => void state.refetch()} />}
      {state.data && (
        <>
          <SignerCard state={state.data} />
          <AuthorityCard state={state.data} />
          <TokenCard state={state.data} />
          <ExtrasCard state={state.data} />
        </>
      )}
    </SettingsSection>
  );
}
