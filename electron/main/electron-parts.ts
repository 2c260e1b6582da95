import type * as Electron from 'electron';

/*
 * The parts of Electron the shell uses, as types. `index.ts` hands in the real module, so that each line here is checked
 * against Electron's own declarations; the tests hand in a double of the same shape.
 */

type Cancellable = { preventDefault(): void };
type Navigation = Cancellable & { readonly url: string };

export interface ContentsPart extends Pick<
  Electron.WebContents,
  'id' | 'setWindowOpenHandler' | 'isDestroyed' | 'send' | 'postMessage' | 'reload'
> {
  on(event: 'will-navigate' | 'will-redirect' | 'will-frame-navigate', listener: (event: Navigation) => void): unknown;
  on(event: 'will-attach-webview', listener: (event: Cancellable) => void): unknown;
  on(event: 'did-start-navigation', listener: (event: { isMainFrame: boolean; isSameDocument: boolean }) => void): unknown;
  on(event: 'render-process-gone', listener: (event: unknown, details: Pick<Electron.RenderProcessGoneDetails, 'reason'>) => void): unknown;
  on(event: 'destroyed', listener: () => void): unknown;
}

export interface WindowPart extends Pick<
  Electron.BrowserWindow,
  | 'loadURL'
  | 'show'
  | 'focus'
  | 'restore'
  | 'isMinimized'
  | 'maximize'
  | 'isMaximized'
  | 'isDestroyed'
  | 'getNormalBounds'
  | 'setBackgroundColor'
> {
  readonly webContents: ContentsPart;
  once(event: 'ready-to-show', listener: () => void): unknown;
  on(event: 'resize' | 'move' | 'maximize' | 'unmaximize' | 'close' | 'closed', listener: () => void): unknown;
}

export interface AppPart extends Pick<
  Electron.App,
  | 'isPackaged'
  | 'requestSingleInstanceLock'
  | 'quit'
  | 'exit'
  | 'getPath'
  | 'getLocale'
  | 'whenReady'
  | 'enableSandbox'
  | 'setAppUserModelId'
> {
  readonly commandLine: Pick<Electron.CommandLine, 'appendSwitch'>;
  on(event: 'second-instance' | 'window-all-closed' | 'activate', listener: () => void): unknown;
  on(event: 'will-quit', listener: (event: Cancellable) => void): unknown;
  on(event: 'web-contents-created', listener: (event: unknown, contents: ContentsPart) => void): unknown;
  on(event: 'child-process-gone', listener: (event: unknown, details: GoneDetails) => void): unknown;
}

export type GoneDetails = Pick<Electron.Details, 'type' | 'reason' | 'exitCode' | 'name'>;

export type SessionPart = Pick<
  Electron.Session,
  | 'setPermissionRequestHandler'
  | 'setPermissionCheckHandler'
  | 'setDevicePermissionHandler'
  | 'setDisplayMediaRequestHandler'
  | 'setSpellCheckerEnabled'
  | 'setProxy'
> & {
  readonly protocol: Pick<Electron.Protocol, 'handle'>;
  readonly webRequest: Pick<Electron.WebRequest, 'onBeforeRequest'>;
  on(event: 'will-download', listener: (event: Cancellable, item: Pick<Electron.DownloadItem, 'getURL'>) => void): unknown;
};

/** An IPC event as the sender check sees it. */
export type SenderEvent = {
  readonly sender: ContentsPart;
  readonly senderFrame: Pick<Electron.WebFrameMain, 'origin' | 'parent'> | null;
};

export interface IpcPart {
  handle(channel: string, listener: (event: SenderEvent, ...args: unknown[]) => unknown): void;
  on(channel: string, listener: (event: SenderEvent, ...args: unknown[]) => void): unknown;
}

export interface ThemePart extends Pick<Electron.NativeTheme, 'shouldUseDarkColors' | 'themeSource'> {
  on(event: 'updated', listener: () => void): unknown;
}

export interface PowerPart {
  readonly onBatteryPower: boolean;
  getSystemIdleState(idleThreshold: number): 'active' | 'idle' | 'locked' | 'unknown';
  on(event: 'suspend' | 'lock-screen' | 'user-did-resign-active' | 'on-ac' | 'on-battery', listener: () => void): unknown;
  on(event: 'shutdown', listener: () => void): unknown;
}

export type SafeStoragePart = Pick<
  Electron.SafeStorage,
  'isEncryptionAvailable' | 'getSelectedStorageBackend' | 'encryptString' | 'decryptString'
>;

export interface UtilityPart extends Pick<Electron.UtilityProcess, 'pid' | 'postMessage' | 'kill' | 'stdout' | 'stderr'> {
  on(event: 'message', listener: (message: unknown) => void): unknown;
  on(event: 'error', listener: (type: 'FatalError', location: string) => void): unknown;
  on(event: 'exit', listener: (code: number) => void): unknown;
}

export type ElectronParts = {
  readonly app: AppPart;
  readonly protocol: Pick<Electron.Protocol, 'registerSchemesAsPrivileged'>;
  readonly ipcMain: IpcPart;
  readonly nativeTheme: ThemePart;
  readonly powerMonitor: () => PowerPart;
  readonly safeStorage: SafeStoragePart;
  readonly dialog: {
    showOpenDialog(options: Electron.OpenDialogOptions): Promise<Pick<Electron.OpenDialogReturnValue, 'canceled' | 'filePaths'>>;
  };
  readonly setMenu: (template: Electron.MenuItemConstructorOptions[]) => void;
  readonly workAreas: () => readonly Electron.Rectangle[];
  readonly session: () => SessionPart;
  readonly createWindow: (options: Electron.BrowserWindowConstructorOptions) => WindowPart;
  readonly createChannel: () => { readonly port1: Electron.MessagePortMain; readonly port2: Electron.MessagePortMain };
  readonly fork: (entry: string, args: string[], options: Electron.ForkOptions) => UtilityPart;
};
