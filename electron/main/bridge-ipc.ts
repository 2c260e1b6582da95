import { z } from 'zod';
import { openKinds, type DesktopPreferences } from '../core/contract/desktop-bridge.ts';
import { bridgeChannels } from '../preload/channels.ts';
import type { ContentsPart, ElectronParts, IpcPart } from './electron-parts.ts';
import type { MenuLanguage } from './menu-strings.ts';
import { openDialogOptions } from './open-dialog.ts';

const preferences = z.object({ language: z.enum(['en', 'zh-CN']), scheme: z.enum(['system', 'light', 'dark']) });
const openKind = z.enum(openKinds);

export type BridgeServices = {
  readonly dialog: ElectronParts['dialog'];
  language(): MenuLanguage;
  openPort(contents: ContentsPart): Promise<void>;
  setPreferences(preferences: DesktopPreferences): void;
};

/** Answers the three things a page can ask of main. `ipc` has checked the sender already. */
export function serveBridge(ipc: IpcPart, services: BridgeServices): void {
  ipc.on(bridgeChannels.requestPort, ({ sender }) => {
    // Core was stopped for good: the application is ending and the page with it.
    services.openPort(sender).catch(() => undefined);
  });
  ipc.handle(bridgeChannels.openFiles, async (_event, kind) => {
    const answer = await services.dialog.showOpenDialog(openDialogOptions(openKind.parse(kind ?? 'documents'), services.language()));
    return answer.canceled ? [] : answer.filePaths;
  });
  ipc.on(bridgeChannels.preferences, (_event, chosen) => {
    const parsed = preferences.safeParse(chosen);
    if (parsed.success) services.setPreferences(parsed.data);
  });
}
