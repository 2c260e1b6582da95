import { EventEmitter } from 'node:events';
import type * as Electron from 'electron';
import type {
  AppPart,
  ContentsPart,
  ElectronParts,
  IpcPart,
  PowerPart,
  SafeStoragePart,
  SenderEvent,
  SessionPart,
  ThemePart,
  UtilityPart,
  WindowPart,
} from '../electron-parts.ts';
import { pageOrigin } from '../page-protocol.ts';

/*
 * A double of Electron's parts for tests: it remembers what it was told and lets a test play the events. The classes
 * implement the same types that `index.ts` checks against Electron's own declarations.
 */

export class ContentsDouble extends EventEmitter implements ContentsPart {
  static #last = 0;
  readonly id = ++ContentsDouble.#last;
  readonly sent: { channel: string; args: unknown[] }[] = [];
  readonly posted: { channel: string; message: unknown; ports: unknown[] }[] = [];
  openHandler: Parameters<Electron.WebContents['setWindowOpenHandler']>[0] | null = null;
  destroyed = false;
  reloads = 0;

  setWindowOpenHandler(handler: Parameters<Electron.WebContents['setWindowOpenHandler']>[0]): void {
    this.openHandler = handler;
  }
  isDestroyed(): boolean {
    return this.destroyed;
  }
  send(channel: string, ...args: unknown[]): void {
    this.sent.push({ channel, args });
  }
  postMessage(channel: string, message: unknown, ports: unknown[] = []): void {
    this.posted.push({ channel, message, ports });
  }
  reload(): void {
    this.reloads += 1;
  }
  /** Plays a navigation event; true when the shell let it through. */
  navigate(event: 'will-navigate' | 'will-redirect' | 'will-frame-navigate', url: string): boolean {
    return allowed((details) => this.emit(event, { ...details, url }));
  }
  trustedEvent(): SenderEvent {
    return { sender: this, senderFrame: { origin: pageOrigin, parent: null } };
  }
}

class WindowDouble extends EventEmitter implements WindowPart {
  readonly webContents = new ContentsDouble();
  readonly options: Electron.BrowserWindowConstructorOptions;
  readonly calls: string[] = [];
  bounds: Electron.Rectangle;
  maximized = false;
  minimized = false;
  destroyed = false;
  background: string | undefined;

  constructor(options: Electron.BrowserWindowConstructorOptions) {
    super();
    this.options = options;
    this.background = options.backgroundColor;
    const { x = 0, y = 0, width = 0, height = 0 } = options;
    this.bounds = { x, y, width, height };
  }
  async loadURL(url: string): Promise<void> {
    this.calls.push(`load ${url}`);
  }
  show = () => void this.calls.push('show');
  focus = () => void this.calls.push('focus');
  restore = () => void this.calls.push('restore');
  maximize = () => void (this.maximized = true);
  isMinimized = () => this.minimized;
  isMaximized = () => this.maximized;
  isDestroyed = () => this.destroyed;
  getNormalBounds = () => this.bounds;
  setBackgroundColor = (color: string) => void (this.background = color);
  /** Plays the person closing the window. */
  close(): void {
    this.emit('close');
    this.destroyed = true;
    this.webContents.destroyed = true;
    this.webContents.emit('destroyed');
    this.emit('closed');
  }
}

export class AppDouble extends EventEmitter implements AppPart {
  isPackaged = true;
  firstInstance = true;
  sandboxed = false;
  locale = 'en-US';
  quits = 0;
  exits: number[] = [];
  readonly switches = new Map<string, string | undefined>();
  readonly commandLine = { appendSwitch: (name: string, value?: string) => void this.switches.set(name, value) };
  readonly userData: string;

  constructor(userData: string) {
    super();
    this.userData = userData;
  }
  requestSingleInstanceLock = () => this.firstInstance;
  quit = () => void (this.quits += 1);
  exit = (code = 0) => void this.exits.push(code);
  getPath = () => this.userData;
  getLocale = () => this.locale;
  whenReady = () => Promise.resolve();
  enableSandbox = () => void (this.sandboxed = true);
  setAppUserModelId = () => undefined;
}

/** Encrypts like a keychain that no other account can read: reversed, so that a test sees that it was asked. */
export class SafeStorageDouble implements SafeStoragePart {
  available = true;
  backend: ReturnType<Electron.SafeStorage['getSelectedStorageBackend']> = 'gnome_libsecret';
  isEncryptionAvailable = () => this.available;
  getSelectedStorageBackend = () => this.backend;
  encryptString = (text: string) => Buffer.from([...text].toReversed().join(''));
  decryptString = (encrypted: Buffer) => [...encrypted.toString()].toReversed().join('');
}

export class SessionDouble extends EventEmitter {
  responder: ((request: Request) => Response | Promise<Response>) | null = null;
  request: Parameters<SessionPart['setPermissionRequestHandler']>[0] = null;
  check: Parameters<SessionPart['setPermissionCheckHandler']>[0] = null;
  device: Parameters<SessionPart['setDevicePermissionHandler']>[0] = null;
  display: Parameters<SessionPart['setDisplayMediaRequestHandler']>[0] = null;
  spellChecker = true;
  proxy: Electron.ProxyConfig | null = null;
  before: ((details: Electron.OnBeforeRequestListenerDetails, callback: (response: Electron.CallbackResponse) => void) => void) | null =
    null;

  readonly protocol: SessionPart['protocol'] = { handle: (_scheme, handler) => void (this.responder = handler) };
  readonly webRequest = { onBeforeRequest: (...args: unknown[]) => void (this.before = args.at(-1) as typeof this.before) };
  setPermissionRequestHandler = (handler: typeof this.request) => void (this.request = handler);
  setPermissionCheckHandler = (handler: typeof this.check) => void (this.check = handler);
  setDevicePermissionHandler = (handler: typeof this.device) => void (this.device = handler);
  setDisplayMediaRequestHandler = (handler: typeof this.display) => void (this.display = handler);
  setSpellCheckerEnabled = (enable: boolean) => void (this.spellChecker = enable);
  setProxy = (config: Electron.ProxyConfig) => ((this.proxy = config), Promise.resolve());
  /** Plays a request of the page; true when it was cancelled. */
  cancels(url: string): boolean {
    let cancelled = false;
    this.before?.({ url } as Electron.OnBeforeRequestListenerDetails, ({ cancel }) => void (cancelled = cancel === true));
    return cancelled;
  }
}

export class IpcDouble implements IpcPart {
  readonly handlers = new Map<string, (event: SenderEvent, ...args: unknown[]) => unknown>();
  handle = (channel: string, listener: (event: SenderEvent, ...args: unknown[]) => unknown) => void this.handlers.set(channel, listener);
  on = (channel: string, listener: (event: SenderEvent, ...args: unknown[]) => void) => void this.handlers.set(channel, listener);
  /** Plays a message of a page. */
  async receive(channel: string, event: SenderEvent, ...args: unknown[]): Promise<unknown> {
    return this.handlers.get(channel)?.(event, ...args);
  }
}

class ThemeDouble extends EventEmitter implements ThemePart {
  shouldUseDarkColors = false;
  themeSource: ThemePart['themeSource'] = 'system';
}

export class UtilityDouble extends EventEmitter implements UtilityPart {
  readonly entry: string;
  readonly options: Electron.ForkOptions;
  readonly received: { message: unknown; ports: unknown[] }[] = [];
  readonly stdout: UtilityPart['stdout'];
  readonly stderr: UtilityPart['stderr'];
  pid: number | undefined;
  kills = 0;

  constructor(
    entry: string,
    options: Electron.ForkOptions,
    streams: Pick<UtilityPart, 'stdout' | 'stderr'> = { stdout: null, stderr: null },
  ) {
    super();
    this.entry = entry;
    this.options = options;
    this.stdout = streams.stdout;
    this.stderr = streams.stderr;
  }
  postMessage(message: unknown, ports: unknown[] = []): void {
    this.received.push({ message, ports });
  }
  kill(): boolean {
    this.kills += 1;
    return true;
  }
}

export type ElectronDouble = ReturnType<typeof electronDouble>;

/** All parts at once, with the lists a test looks at beside them. */
export function electronDouble(userData: string) {
  const windows: WindowDouble[] = [];
  const menus: Electron.MenuItemConstructorOptions[][] = [];
  const forked: UtilityDouble[] = [];
  const schemes: Electron.CustomScheme[] = [];
  const channels: { port1: Electron.MessagePortMain; port2: Electron.MessagePortMain }[] = [];
  const doubles = {
    app: new AppDouble(userData),
    ipcMain: new IpcDouble(),
    nativeTheme: new ThemeDouble(),
    power: Object.assign(new EventEmitter(), {
      onBatteryPower: false,
      idleState: 'active',
      getSystemIdleState: () => doubles.power.idleState,
    }) as EventEmitter & PowerPart & { idleState: ReturnType<PowerPart['getSystemIdleState']> },
    session: new SessionDouble(),
    dialogAnswer: { canceled: true, filePaths: [] as string[] },
    dialogOptions: null as Electron.OpenDialogOptions | null,
    workAreas: [{ x: 0, y: 0, width: 1920, height: 1040 }],
    windows,
    menus,
    forked,
    schemes,
    channels,
  };
  const parts: ElectronParts = {
    app: doubles.app,
    protocol: { registerSchemesAsPrivileged: (list) => void schemes.push(...list) },
    ipcMain: doubles.ipcMain,
    nativeTheme: doubles.nativeTheme,
    powerMonitor: () => doubles.power,
    safeStorage: new SafeStorageDouble(),
    dialog: {
      showOpenDialog: (options) => {
        doubles.dialogOptions = options;
        return Promise.resolve(doubles.dialogAnswer);
      },
    },
    setMenu: (template) => void menus.push(template),
    workAreas: () => doubles.workAreas,
    session: () => doubles.session,
    createWindow: (options) => {
      const window = new WindowDouble(options);
      windows.push(window);
      doubles.app.emit('web-contents-created', {}, window.webContents);
      return window;
    },
    createChannel: () => {
      const close = () => undefined;
      const channel = { port1: { end: 1, close }, port2: { end: 2, close } } as unknown as (typeof channels)[number];
      channels.push(channel);
      return channel;
    },
    fork: (entry, _args, options) => {
      const child = new UtilityDouble(entry, options);
      forked.push(child);
      return child;
    },
  };
  return Object.assign(doubles, { parts });
}

/** Runs `play` with a cancellable event; true unless a listener prevented it. */
export function allowed(play: (event: { preventDefault(): void }) => void): boolean {
  let prevented = false;
  play({ preventDefault: () => (prevented = true) });
  return !prevented;
}
