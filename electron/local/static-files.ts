import { readFileSync, statSync } from 'node:fs';
import { extname, join, normalize, sep } from 'node:path';

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
};

export type StaticFile = { readonly body: Buffer; readonly type: string; readonly immutable: boolean };

/** Reads a file of the built page; null for anything outside `folder` or of an unknown type. */
export function readStatic(folder: string, urlPath: string): StaticFile | null {
  let path: string;
  try {
    path = decodeURIComponent(urlPath);
  } catch {
    return null;
  }
  if (path.includes('\0') || path.includes('\\')) return null;
  const file = normalize(join(folder, path === '/' ? 'index.html' : path));
  const type = types[extname(file)];
  if (!type || !file.startsWith(folder + sep)) return null;
  if (!statSync(file, { throwIfNoEntry: false })?.isFile()) return null;
  return { body: readFileSync(file), type, immutable: path.startsWith('/assets/') };
}
