import type { DesktopBridge } from '../../electron/core/contract/desktop-bridge.ts';

declare global {
  interface Window {
    readonly redoubt?: DesktopBridge<File>;
  }
}

/** The bridge to the desktop shell, or undefined in a browser. */
export function desktop(): DesktopBridge<File> | undefined {
  return window.redoubt;
}

/** The last part of a path of either platform. */
export function fileNameOf(path: string): string {
  return path.split(/[\\/]/).pop() ?? path;
}
