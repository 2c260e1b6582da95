import type { CustomScheme } from 'electron';
import { readPageFile } from '../core/page/files.ts';
import { pageHeaders } from '../core/page/headers.ts';

export const pageScheme = 'app';
/** The one origin this application shows and trusts. */
export const pageOrigin = 'app://redoubt';
export const pageUrl = `${pageOrigin}/`;

/** Must be registered before the application is ready. `standard` gives the scheme an origin, `secure` a secure context. */
export const pageSchemePrivileges: CustomScheme = {
  scheme: pageScheme,
  privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true },
};

/** Answers `app://redoubt/…` from the folder of the built page and from nowhere else. */
export function pageResponder(root: string): (request: Request) => Promise<Response> {
  return async ({ url, method }) => {
    if (method !== 'GET' && method !== 'HEAD') return refuse(405);
    const pathname = pagePath(url);
    const file = pathname === null ? null : await readPageFile(root, pathname);
    if (!file) return refuse(404);
    return new Response(method === 'HEAD' ? null : file.bytes, {
      headers: { ...pageHeaders, 'content-type': file.contentType, 'cache-control': 'no-store' },
    });
  };
}

/** The path of a URL of exactly our origin, without search and hash; null for any other URL. */
function pagePath(url: string): string | null {
  if (!URL.canParse(url)) return null;
  const { protocol, host, username, password, pathname } = new URL(url);
  if (`${protocol}//${host}` !== pageOrigin || username !== '' || password !== '') return null;
  return pathname;
}

/** True for a URL inside the page's own origin. */
export function isPageUrl(url: string): boolean {
  return pagePath(url) !== null;
}

function refuse(status: 404 | 405): Response {
  return new Response(null, { status, headers: pageHeaders });
}
