import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { policiesQuery } from '../../../lib/policies.ts';
import { usePermission } from '../../../lib/session.ts';
import { ErrorState } from '../../../ui/error-state.tsx';
import { Loading } from '../../../ui/loading.tsx';
import { SettingsSection } from '../settings-section.tsx';
import { RetentionForm } from './retention-form.tsx';
import { RulesForm } from './rules-form.tsx';

/** The rules of this vault. Everybody may read them; who manages policies changes them. */
export function PoliciesSection() {
  const { t } = useTranslation('policies');
  const state = useQuery(policiesQuery());
  const readOnly = !usePermission('policies.manage');
  return (
    <SettingsSection title={t('title')} lead={t(readOnly ? 'leadReadOnly' : 'lead')}>
      {state.isPending && <Loading lines={8} />}
      {state.isError && <ErrorState error={state.error} onRetry={() => void state.refetch()} />}
      {state.data && <RulesForm state={state.data} readOnly={readOnly} />}
      {state.data && <RetentionForm state={state.data} readOnly={readOnly} />}
    </SettingsSection>
  );
}
