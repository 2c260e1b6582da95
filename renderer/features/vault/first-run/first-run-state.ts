import { create } from 'zustand';
import { createJSONStorage, persist } from 'zustand/middleware';

/** What is still to be asked after a vault was made; null once nothing is. */
export type FirstRunStep = 'recovery' | 'duties';
type State = { readonly step: FirstRunStep | null };

/** Outlives a reload of this tab and nothing else: what was left out is found in the settings. */
export const useFirstRun = create<State>()(
  persist((): State => ({ step: null }), { name: 'redoubt.first-run', storage: createJSONStorage(() => sessionStorage) }),
);

export function beginFirstRun(): void {
  useFirstRun.setState({ step: 'recovery' });
}

export function goToStep(step: FirstRunStep | null): void {
  useFirstRun.setState({ step });
}
