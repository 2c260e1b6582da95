import { SettingsSection } from '../settings-section.tsx';
import { useTranslation } from 'react-i18next';
import { MatrixCard } from './matrix-card.tsx';
import { RoleList } from './role-list.tsx';
import { SeparationCard } from './separation-card.tsx';

/** What each role may do: in words, as a table of every call, and the separation of duties. */
export function RolesSection() {
  const { t } = useTranslation('roles');
  return (
    <SettingsSection title={t('title')} lead={t('lead')}>
      <RoleList />
      <SeparationCard />
      <MatrixCard />
    </SettingsSection>
  );
}
