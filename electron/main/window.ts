import type { BrowserWindowConstructorOptions, Rectangle } from 'electron';
import type { ElectronParts, WindowPart } from './electron-parts.ts';
import type { Log } from './log.ts';
import { pageUrl } from './page-protocol.ts';
import { placeWindow, smallest, type WindowState } from './window-state.ts';

/** The page's own background in each scheme, so that the first frame does not flash. */
const backgrounds = { light: '#eff1f0', dark: '#141918' };

export function backgroundColor(dark: boolean): string {
  return dark ? backgrounds.dark : backgrounds.light;
}

export type WindowSetup = { readonly preload: string; readonly developerTools: boolean };

/** The options of the one window; every protection is spelt out, defaults included. */
function windowOptions(setup: WindowSetup, bounds: Rectangle, dark: boolean): BrowserWindowConstructorOptions {
  return {
    ...bounds,
    minWidth: Math.min(smallest.width, bounds.width),
    minHeight: Math.min(smallest.height, bounds.height),
    title: 'Redoubt',
    show: false,
    backgroundColor: backgroundColor(dark),
    webPreferences: {
      preload: setup.preload,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      experimentalFeatures: false,
      webviewTag: false,
      plugins: false,
      spellcheck: false,
      navigateOnDragDrop: false,
      enableWebSQL: false,
      safeDialogs: true,
      devTools: setup.developerTools,
    },
  };
}

/** Opens the window where it last was, shows it once it has something to show, and reports changes of its place. */
export function openWindow(
  electron: ElectronParts,
  setup: WindowSetup,
  state: WindowState,
  onMoved: (place: Pick<WindowState, 'bounds' | 'maximized'>) => void,
): WindowPart {
  const bounds = placeWindow(state.bounds, electron.workAreas());
  const window = electron.createWindow(windowOptions(setup, bounds, electron.nativeTheme.shouldUseDarkColors));
  if (state.maximized) window.maximize();
  window.once('ready-to-show', () => window.show());
  window.on('close', () => onMoved({ bounds: window.getNormalBounds(), maximized: window.isMaximized() }));
  void window.loadURL(pageUrl);
  return window;
}

/** Loads the page again after its process died; a page that dies again at once is given time, not a busy loop. */
export function reloadAfterCrash(window: WindowPart, log: Log): void {
  let lastCrash = -Infinity;
  window.webContents.on('render-process-gone', (_event, { reason }) => {
    if (reason === 'clean-exit') return;
    log.error(`the page's process ended: ${reason}`);
    const again = performance.now() - lastCrash < 10_000;
    lastCrash = performance.now();
    const reload = () => {
      if (!window.isDestroyed()) window.webContents.reload();
    };
    if (again) setTimeout(reload, 2_000);
    else reload();
  });
}
