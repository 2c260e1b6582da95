import { bytesOf, saveFile } from './save-file.ts';
import { zip } from './zip.ts';

/** Hands several files of core to the person as one download, `<title>.zip`. */
export function saveFiles(title: string, files: readonly { readonly name: string; readonly base64: string }[]): void {
  saveFile(`${title}.zip`, zip(files.map(({ name, base64 }) => ({ name, bytes: bytesOf(base64) }))));
}
