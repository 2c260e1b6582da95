import { Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { useRoute } from '../../lib/route.ts';
import { useSession } from '../../lib/session.ts';
import { Loading } from '../../ui/loading.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { SectionNav } from './section-nav.tsx';
import { sections } from './sections.tsx';
import classes from './settings.module.css';

/** The sections this person may see, each with an address of its own. */
export function SettingsView() {
  const { t } = useTranslation('settings');
  const { permissions } = useSession();
  const { args } = useRoute();
  const own = sections.filter(({ permission }) => permission === null || permissions.includes(permission));
  const section = own.find(({ id }) => id === args[0]) ?? own[0];
  if (!section) return null;
  return (
    <>
      <PageHeader title={t('title')} />
      <div className={classes['frame']}>
        <SectionNav sections={own} active={section.id} />
        <div className={classes['content']} key={section.id}>
          <Suspense fallback={<Loading />}>
            <section.component />
          </Suspense>
        </div>
      </div>
    </>
  );
}
