import { contextBridge, ipcRenderer, webUtils } from 'electron';
import { portMessage, type DesktopBridge } from '../core/contract/desktop-bridge.ts';
import { bridgeChannels as channels } from './channels.ts';

/* Bundled to out/preload/index.cjs: a sandboxed preload is CommonJS and may require only `electron`. */

const listen = (channel: string, listener: (value: never) => void): (() => void) => {
  const receive = (_event: unknown, value: never) => listener(value);
  ipcRenderer.on(channel, receive);
  return () => void ipcRenderer.off(channel, receive);
};

const bridge: DesktopBridge<File> = {
  host: 'desktop',
  requestPort: () => ipcRenderer.send(channels.requestPort),
  pathForFile: (file) => webUtils.getPathForFile(file),
  openFiles: (kind) => ipcRenderer.invoke(channels.openFiles, kind) as Promise<string[]>,
  onMenu: (listener) => listen(channels.menu, listener),
  onCoreDown: (listener) => listen(channels.coreDown, listener),
  setPreferences: (preferences) => ipcRenderer.send(channels.preferences, preferences),
};

contextBridge.exposeInMainWorld('redoubt', bridge);

// Ports cannot cross the context bridge as values; a window message to the page's own origin carries them.
ipcRenderer.on(portMessage, ({ ports }) => window.postMessage(portMessage, window.location.origin, [...ports]));
