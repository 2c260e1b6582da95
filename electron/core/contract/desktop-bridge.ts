/** What the desktop window offers the page as `window.redoubt`; absent in a browser. `PageFile` is the DOM's File. */
export type DesktopBridge<PageFile> = {
  readonly host: 'desktop';
  /**
   * Asks for a fresh channel to core. It arrives as a `message` event of the window whose origin is the page's own, whose
   * data is `portMessage` and whose `ports[0]` is the channel; this waits for core when core is starting.
   */
  requestPort(): void;
  /** The path on this machine of a dropped or chosen file; empty for a file that is not on disk. */
  pathForFile(file: PageFile): string;
  /** The native open dialog; empty when the person cancelled. */
  openFiles(kind?: OpenKind): Promise<string[]>;
  /** Commands of the native menu. Returns the function that stops listening. */
  onMenu(listener: (command: MenuCommand) => void): () => void;
  /** Core ended (locked or crashed): the channel is gone, ask for another. Returns the function that stops listening. */
  onCoreDown(listener: (reason: string) => void): () => void;
  /** Makes the window frame, the native menu and the next start follow what the person chose in the page. */
  setPreferences(preferences: DesktopPreferences): void;
};

/** The data of the window message that carries the channel to core. */
export const portMessage = 'redoubt:port';

/** What the open dialog is for; it decides the file kinds offered first. `folder` gives one folder. */
export const openKinds = ['documents', 'model', 'folder'] as const;
export type OpenKind = (typeof openKinds)[number];

/** The views of the page with the digit that opens each together with Ctrl or Cmd. */
export const menuViews = { documents: 1, flows: 2, runs: 3, assistant: 4, models: 5, monitor: 6, audit: 7, cases: 8, settings: 9 } as const;
export type MenuView = keyof typeof menuViews;
export type MenuCommand = `view:${MenuView}` | 'import' | 'import-model' | 'palette' | 'lock';

export type DesktopPreferences = { readonly language: 'en' | 'zh-CN'; readonly scheme: 'system' | 'light' | 'dark' };
