/** Where the page is: `#/documents/abc/2` is the view `documents` with the arguments `abc` and `2`. */
export type Route = { readonly view: string; readonly args: readonly string[]; readonly query: Readonly<Record<string, string>> };

/** Reads a location hash. */
export function parseHash(hash: string): Route {
  const [path = '', search = ''] = hash.replace(/^#\/?/, '').split('?');
  const [view = '', ...args] = path.split('/').filter(Boolean).map(decode);
  return { view, args, query: Object.fromEntries(new URLSearchParams(search)) };
}

/** The hash of a route; the inverse of `parseHash`. */
export function formatHash(view: string, args: readonly (string | number)[] = [], query: Readonly<Record<string, string>> = {}): string {
  const search = new URLSearchParams(query).toString();
  return `#/${[view, ...args].map((part) => encodeURIComponent(part)).join('/')}${search ? `?${search}` : ''}`;
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
