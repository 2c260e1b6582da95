import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { policiesQuery } from '../../../lib/policies.ts';
import { rolesOf } from '../people/roles.ts';
import { SettingsCard } from '../settings-section.tsx';
import classes from './roles.module.css';

/** The roles of this vault, each in a sentence. */
export function RoleList() {
  const { t } = useTranslation(['roles', 'common', 'people']);
  const mode = useQuery(policiesQuery()).data?.mode;
  return (
    <SettingsCard title={t('inWords')}>
      <dl className={classes['words']}>
        {rolesOf(mode ?? 'personal').map((role) => (
          <div key={role}>
            <dt>{t(`common:roles.${role}`)}</dt>
            <dd>{t(`people:roleHints.${role}`)}</dd>
          </div>
        ))}
      </dl>
    </SettingsCard>
  );
}
