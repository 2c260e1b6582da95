import { create } from 'zustand';
import { type Route, formatHash, parseHash } from './hash.ts';

export { formatHash, parseHash };

const useRouteStore = create<Route>(() => parseHash(location.hash));
window.addEventListener('hashchange', () => useRouteStore.setState(parseHash(location.hash)));

export function useRoute(): Route {
  return useRouteStore();
}

/** Goes to a view, for example `navigate('documents', [id, page])`. */
export function navigate(view: string, args: readonly (string | number)[] = [], query: Readonly<Record<string, string>> = {}): void {
  location.hash = formatHash(view, args, query);
}

/** As `navigate`, in place of the present address: for what is adjusted there, so that going back leaves it at once. */
export function rewrite(view: string, args: readonly (string | number)[] = [], query: Readonly<Record<string, string>> = {}): void {
  location.replace(formatHash(view, args, query));
}
