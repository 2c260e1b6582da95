import type { MenuItemConstructorOptions } from 'electron';
import { menuViews, type MenuCommand, type MenuView } from '../core/contract/desktop-bridge.ts';
import { menuStrings, type MenuLanguage } from './menu-strings.ts';

export type MenuSetup = {
  readonly language: MenuLanguage;
  readonly platform: NodeJS.Platform;
  readonly onCommand: (command: MenuCommand) => void;
};

const views = (Object.keys(menuViews) as MenuView[]).filter((view) => view !== 'settings');

/** The native menu. Commands go to the page, which knows whether they make sense at the moment. */
export function menuTemplate({ language, platform, onCommand }: MenuSetup): MenuItemConstructorOptions[] {
  const words = menuStrings[language];
  const item = (label: string, accelerator: string, command: MenuCommand): MenuItemConstructorOptions => ({
    label,
    accelerator,
    click: () => onCommand(command),
  });
  const separator: MenuItemConstructorOptions = { type: 'separator' };
  const lock = item(words.lock, 'CmdOrCtrl+L', 'lock');
  const settings = item(words.settings, 'CmdOrCtrl+9', 'view:settings');
  const quit: MenuItemConstructorOptions = { role: 'quit', label: words.quit, accelerator: 'CmdOrCtrl+Q' };
  const mac = platform === 'darwin';
  return [
    ...(mac ? [{ label: 'Redoubt', submenu: [settings, lock, separator, quit] }] : []),
    {
      label: words.file,
      submenu: [
        item(words.addDocuments, 'CmdOrCtrl+O', 'import'),
        item(words.importModel, 'CmdOrCtrl+Shift+O', 'import-model'),
        ...(mac ? [] : [separator, settings, lock, separator, quit]),
      ],
    },
    {
      label: words.edit,
      submenu: [
        { role: 'undo', label: words.undo },
        { role: 'redo', label: words.redo },
        separator,
        { role: 'cut', label: words.cut },
        { role: 'copy', label: words.copy },
        { role: 'paste', label: words.paste },
        { role: 'selectAll', label: words.selectAll },
      ],
    },
    {
      label: words.view,
      submenu: [
        item(words.commands, 'CmdOrCtrl+K', 'palette'),
        separator,
        ...views.map((view) => item(words[view], `CmdOrCtrl+${menuViews[view]}`, `view:${view}`)),
        separator,
        { role: 'zoomIn', label: words.zoomIn },
        { role: 'zoomOut', label: words.zoomOut },
        { role: 'resetZoom', label: words.actualSize },
        { role: 'togglefullscreen', label: words.fullScreen },
      ],
    },
    {
      label: words.window,
      submenu: [
        { role: 'minimize', label: words.minimize },
        { role: 'close', label: words.close },
      ],
    },
  ];
}
