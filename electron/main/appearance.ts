import type { DesktopPreferences, MenuCommand } from '../core/contract/desktop-bridge.ts';
import type { ElectronParts } from './electron-parts.ts';
import { menuTemplate } from './menu.ts';
import { languageOf, type MenuLanguage } from './menu-strings.ts';
import { backgroundColor } from './window.ts';
import type { WindowState } from './window-state.ts';

export type AppearanceSetup = {
  readonly electron: Pick<ElectronParts, 'nativeTheme' | 'setMenu'>;
  readonly platform: NodeJS.Platform;
  readonly systemLocale: string;
  readonly initial: Pick<WindowState, 'language' | 'scheme'>;
  onChange(preferences: DesktopPreferences): void;
  readonly onCommand: (command: MenuCommand) => void;
  onBackground(color: string): void;
};

/** Keeps the frame, the background and the native menu in the scheme and language of the system, or those chosen in the page. */
export class Appearance {
  readonly #setup: AppearanceSetup;
  #language: MenuLanguage;

  constructor(setup: AppearanceSetup) {
    this.#setup = setup;
    this.#language = setup.initial.language ?? languageOf(setup.systemLocale);
    const { nativeTheme } = setup.electron;
    nativeTheme.themeSource = setup.initial.scheme;
    nativeTheme.on('updated', () => setup.onBackground(backgroundColor(nativeTheme.shouldUseDarkColors)));
    this.#applyMenu();
  }

  get language(): MenuLanguage {
    return this.#language;
  }

  set({ language, scheme }: DesktopPreferences): void {
    this.#setup.electron.nativeTheme.themeSource = scheme;
    if (language !== this.#language) {
      this.#language = language;
      this.#applyMenu();
    }
    this.#setup.onChange({ language, scheme });
  }

  #applyMenu(): void {
    const { electron, platform, onCommand } = this.#setup;
    electron.setMenu(menuTemplate({ language: this.#language, platform, onCommand }));
  }
}
