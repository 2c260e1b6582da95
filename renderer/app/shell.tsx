import { Suspense, useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { navigate, useRoute } from '../lib/route.ts';
import { Loading } from '../ui/loading.tsx';
import { ConnectionBanner } from './connection-banner.tsx';
import { ErrorBoundary } from './error-boundary.tsx';
import { Palette } from './palette.tsx';
import { Rail } from './rail.tsx';
import classes from './shell.module.css';
import { useNativeMenu } from './use-native-menu.ts';
import { useShortcuts } from './use-shortcuts.ts';
import { usePrefetch, useViews } from './use-views.ts';
import { WindowDrop } from './window-drop.tsx';

/** The workspace: rail, the view that the address names, and what works everywhere (palette, drop, keys). */
export function Shell() {
  const { t } = useTranslation('common');
  const views = useViews();
  const route = useRoute();
  const view = views.find((candidate) => candidate.id === route.view) ?? views[0];
  useShortcuts(views);
  usePrefetch(views);
  useNativeMenu(views);

  useEffect(() => {
    if (view && view.id !== route.view) navigate(view.id);
    document.title = view ? `${t(`views.${view.id}`)} · Redoubt` : 'Redoubt';
  }, [view, route.view, t]);

  return (
    <div className={classes['shell']}>
      <a className={classes['skip']} href="#main" onClick={skipToMain}>
        {t('skipToContent')}
      </a>
      <Rail views={views} active={view?.id ?? ''} />
      <div className={classes['column']}>
        <ConnectionBanner />
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
    </div>
  );
}

/** The address holds the route, so the jump is made by hand. */
function skipToMain(event: React.MouseEvent): void {
  event.preventDefault();
  document.querySelector<HTMLElement>('#main')?.focus();
}
