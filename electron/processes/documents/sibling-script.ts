import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** The path of a worker script beside the module `url`: `.ts` in a checkout, `.js` once bundled. */
export function siblingScript(url: string, name: string): string {
  const file = fileURLToPath(url);
  return path.join(path.dirname(file), `${name}${path.extname(file)}`);
}
