import { Title } from '@mantine/core';
import { Suspense, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useCommands } from '../../lib/commands.ts';
import { formatHash, navigate, useRoute } from '../../lib/route.ts';
import { useSession } from '../../lib/session.ts';
import { Loading } from '../../ui/loading.tsx';
import classes from './audit.module.css';
import { StateStrip } from './state/state-strip.tsx';
import { auditTabs } from './tabs.tsx';

/** What everybody did, what came of it, who outside vouches for it; and above all of it, whether the record is whole. */
export function AuditView() {
  const { t } = useTranslation('audit');
  const { permissions } = useSession();
  const { args } = useRoute();
  const tabs = useMemo(() => auditTabs.filter(({ anyOf }) => anyOf.some((one) => permissions.includes(one))), [permissions]);
  const tab = tabs.find(({ id }) => id === args[0]) ?? tabs[0];
  useCommands(
    t('title'),
    useMemo(() => tabs.map(({ id }) => ({ id: `audit:${id}`, title: t(`tabs.${id}`), perform: () => navigate('audit', [id]) })), [tabs, t]),
  );
  if (!tab) return null;
  return (
    <>
      <header className={classes['header']}>
        <Title order={1}>{t('title')}</Title>
        <nav className={classes['tabs']} aria-label={t('navigation')}>
          {tabs.map(({ id }) => (
            <a key={id} className={classes['tab']} href={formatHash('audit', [id])} aria-current={id === tab.id ? 'page' : undefined}>
              {t(`tabs.${id}`)}
            </a>
          ))}
        </nav>
      </header>
      {permissions.includes('audit.read') && <StateStrip />}
      <Suspense key={tab.id} fallback={<Loading />}>
        <tab.component />
      </Suspense>
    </>
  );
}
