import type { IpcPart, SenderEvent } from './electron-parts.ts';
import { pageOrigin } from './page-protocol.ts';

/** True for the top frame of a page of exactly our origin; a frame that is gone or nested is nobody. */
export function isTrustedSender({ senderFrame }: SenderEvent): boolean {
  return senderFrame !== null && senderFrame.parent === null && senderFrame.origin === pageOrigin;
}

/** `ipcMain` behind the sender check: a message from anyone else is refused and reported, never handled. */
export function trustedIpc(ipcMain: IpcPart, onRefused: (channel: string) => void): IpcPart {
  const refused = (event: SenderEvent, channel: string) => {
    if (isTrustedSender(event)) return false;
    onRefused(channel);
    return true;
  };
  return {
    handle: (channel, listener) =>
      ipcMain.handle(channel, (event, ...args) => {
        if (refused(event, channel)) throw new Error('This page may not ask that.');
        return listener(event, ...args);
      }),
    on: (channel, listener) =>
      ipcMain.on(channel, (event, ...args) => {
        if (!refused(event, channel)) listener(event, ...args);
      }),
  };
}
