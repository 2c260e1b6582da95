import type { OpenDialogOptions } from 'electron';
import type { OpenKind } from '../core/contract/desktop-bridge.ts';
import { menuStrings, type MenuLanguage } from './menu-strings.ts';

const documentExtensions = ['pdf', 'png', 'jpg', 'jpeg', 'tif', 'tiff', 'bmp', 'webp', 'txt', 'md'];

/** What the native dialog offers; *all files* is always there, since core judges a file by its bytes and not its name. */
export function openDialogOptions(kind: OpenKind, language: MenuLanguage): OpenDialogOptions {
  const words = menuStrings[language];
  const all = { name: words.allFiles, extensions: ['*'] };
  if (kind === 'model') {
    return { title: words.openModelTitle, properties: ['openFile'], filters: [{ name: words.modelFiles, extensions: ['gguf'] }, all] };
  }
  if (kind === 'folder') return { title: words.openFolderTitle, properties: ['openDirectory', 'createDirectory'] };
  return {
    title: words.openDocumentsTitle,
    properties: ['openFile', 'multiSelections'],
    filters: [{ name: words.documentFiles, extensions: documentExtensions }, all],
  };
}
