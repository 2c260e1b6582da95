import { readFile, realpath, stat } from 'node:fs/promises';
import { extname, join, sep } from 'node:path';

const contentTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.wasm': 'application/wasm',
};

/** The only names a file of the page can have: no separators, no leading or trailing dot, nothing encoded. */
const segment = /^(?!\.)[A-Za-z0-9_.@-]{1,128}(?<!\.)$/;
/** Names Windows opens as devices wherever they stand, with or without an extension. */
const device = /^(con|prn|aux|nul|com[0-9]|lpt[0-9])(\.|$)/i;

/**
 * Turns the path part of a URL into the path of a file below the page folder, as segments, or null when it is anything
 * but a plain relative path. `/` is the page itself.
 */
export function pageSegments(pathname: string): string[] | null {
  if (!pathname.startsWith('/')) return null;
  if (pathname === '/') return ['index.html'];
  const segments = pathname.slice(1).split('/');
  return segments.every((part) => segment.test(part) && !device.test(part)) ? segments : null;
}

export type PageFile = { readonly bytes: Uint8Array<ArrayBuffer>; readonly contentType: string };

/**
 * Reads a file of the page. Null for whatever is not a regular file with a known kind inside `root`, wherever symbolic
 * links lead.
 */
export async function readPageFile(root: string, pathname: string): Promise<PageFile | null> {
  const segments = pageSegments(pathname);
  const contentType = segments && contentTypes[extname(segments.at(-1) ?? '').toLowerCase()];
  if (!segments || !contentType) return null;
  try {
    const [base, path] = await Promise.all([realpath(root), realpath(join(root, ...segments))]);
    if (!path.startsWith(base + sep) || !(await stat(path)).isFile()) return null;
    return { bytes: new Uint8Array(await readFile(path)), contentType };
  } catch {
    return null;
  }
}
