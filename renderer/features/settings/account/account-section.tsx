import { useTranslation } from 'react-i18next';
import { useSession } from '../../../lib/session.ts';
import { Fact, Facts } from '../../../ui/facts.tsx';
import { Time } from '../../../ui/time.tsx';
import { SettingsCard, SettingsSection } from '../settings-section.tsx';
import { OwnDataCard } from './own-data-card.tsx';
import { PasswordCard } from './password-card.tsx';
import { SecondFactorCard } from './second-factor-card.tsx';

/** Who one is here, one's own password, second factor and sessions. */
export function AccountSection() {
  const { t } = useTranslation(['account', 'common']);
  const { person } = useSession();
  return (
    <SettingsSection title={t('title')} lead={t('lead')}>
      <SettingsCard title={person.displayName}>
        <Facts>
          <Fact name={t('userName')}>{person.userName}</Fact>
          <Fact name={t('role')}>{t(`common:roles.${person.role}`)}</Fact>
          <Fact name={t('passwordChanged')}>
            {person.source === 'directory' ? t('byDirectory') : <Time at={person.passwordChangedAt} />}
          </Fact>
          <Fact name={t('since')}>
            <Time at={person.createdAt} />
          </Fact>
        </Facts>
      </SettingsCard>
      {person.source === 'local' && <PasswordCard />}
      <SecondFactorCard />
      <OwnDataCard />
    </SettingsSection>
  );
}
