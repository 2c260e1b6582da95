/** What the desktop window's preload offers the page; absent in a browser. */
export type DesktopBridge = {
  readonly host: 'desktop';
  /** Asks for a fresh message port to core; it arrives as a window message `redoubt:port`. */
  requestPort(): void;
  /** The path of a dropped or chosen file, or '' when it has none. */
  pathForFile(file: File): string;
  /** The native dialog; empty when it was dismissed. */
  openFiles(): Promise<string[]>;
  /** Commands of the native menu, for example `view:documents`, `import`, `lock`. */
  onMenu(listener: (command: string) => void): void;
};

declare global {
  interface Window {
    readonly redoubt?: DesktopBridge;
  }
}

/** The bridge to the desktop shell, or undefined in a browser. */
export function desktop(): DesktopBridge | undefined {
  return window.redoubt;
}

/** The last part of a path of either platform. */
export function fileNameOf(path: string): string {
  return path.split(/[\\/]/).pop() ?? path;
}
