import { NativeSelect } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { formatHash, navigate } from '../../lib/route.ts';
import { type Section, sectionGroups } from './sections.tsx';
import classes from './settings.module.css';

type Props = { readonly sections: readonly Section[]; readonly active: string };

/** The sections under their headings; in a narrow window one field takes the place of the list. */
export function SectionNav({ sections, active }: Props) {
  const { t } = useTranslation('settings');
  const groups = sectionGroups
    .map((group) => ({ group, members: sections.filter((section) => section.group === group) }))
    .filter(({ members }) => members.length > 0);
  return (
    <>
      <nav className={classes['nav']} aria-label={t('navigation')}>
        {groups.map(({ group, members }) => (
          <div key={group} role="group" aria-labelledby={`settings-${group}`}>
            <p className={classes['group']} id={`settings-${group}`}>
              {t(`groups.${group}`)}
            </p>
            {members.map(({ id, icon: Icon }) => (
              <a key={id} className={classes['link']} href={formatHash('settings', [id])} aria-current={id === active ? 'page' : undefined}>
                <Icon size={16} stroke={1.7} aria-hidden />
                <span>{t(`sections.${id}`)}</span>
              </a>
            ))}
          </div>
        ))}
      </nav>
      <NativeSelect
        className={classes['select']}
        aria-label={t('navigation')}
        value={active}
        onChange={(event) => navigate('settings', [event.currentTarget.value])}
        data={groups.map(({ group, members }) => ({
          group: t(`groups.${group}`),
          items: members.map(({ id }) => ({ value: id, label: t(`sections.${id}`) })),
        }))}
      />
    </>
  );
}
