import { Suspense, useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { IdleWarning } from '../features/vault/idle/idle-warning.tsx';
import { useCaseCommands } from '../features/cases/use-case-commands.ts';
import { useApprovalsWatch } from '../lib/approval-watch.ts';
import { navigate, useRoute } from '../lib/route.ts';
import { useSessionWatch } from '../lib/session-watch.ts';
import { useSession } from '../lib/session.ts';
import { Loading } from '../ui/loading.tsx';
import { ConnectionBanner } from './connection-banner.tsx';
import { ErrorBoundary } from './error-boundary.tsx';
import { Palette } from './palette.tsx';
import { Rail } from './rail.tsx';
import classes from './shell.module.css';
import { useNativeMenu } from './use-native-menu.ts';
import { useShortcuts } from './use-shortcuts.ts';
import { landing, usePrefetch, useViews } from './use-views.ts';
import { VaultNotices } from './vault-notices.tsx';
import { WindowDrop } from './window-drop.tsx';

/** The workspace: rail, the view that the address names, and what works everywhere (palette, drop, keys). */
export function Shell() {
  const { t } = useTranslation('common');
  const views = useViews();
  const route = useRoute();
  const { permissions } = useSession();
  const start = landing(views, permissions);
  const view = views.find(({ id }) => id === route.view) ?? views.find(({ id }) => id === start.id);
  useShortcuts(views);
  usePrefetch(views);
  useNativeMenu(views);
  useCaseCommands();
  useApprovalsWatch();
  useSessionWatch();

  useEffect(() => {
    if (view && view.id !== route.view) navigate(view.id, view.id === start.id && start.section !== null ? [start.section] : []);
    document.title = view ? `${t(`views.${view.id}`)} · Redoubt` : 'Redoubt';
  }, [view, route.view, start.id, start.section, t]);

  return (
    <div className={classes['shell']}>
      <a className={classes['skip']} href="#main" onClick={skipToMain}>
        {t('skipToContent')}
      </a>
      <Rail views={views} active={view?.id ?? ''} />
      <div className={classes['column']}>
        <ConnectionBanner />
        <VaultNotices />
        <main id="main" tabIndex={-1} className={classes['main']} aria-label={view ? t(`views.${view.id}`) : undefined}>
          {view && (
            <ErrorBoundary key={view.id}>
              <Suspense fallback={<Loading />}>
                <view.component />
              </Suspense>
            </ErrorBoundary>
          )}
        </main>
      </div>
      <Palette views={views} />
      <WindowDrop />
      <IdleWarning />
    </div>
  );
}

/** The address holds the route, so the jump is made by hand. */
function skipToMain(event: React.MouseEvent): void {
  event.preventDefault();
  document.querySelector<HTMLElement>('#main')?.focus();
}
