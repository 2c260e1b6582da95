import { formatHash } from '../../../lib/route.ts';

/** Where all that happened to one thing is shown; only for who may read the audit. */
export function lifeAddress(id: string): string {
  return formatHash('audit', ['log', 'life', id]);
}
