import { useEffect } from 'react';
import { create } from 'zustand';

/** One entry of the command palette, offered while the component that registered it is mounted. */
export type Command = { readonly id: string; readonly title: string; readonly keys?: string; readonly perform: () => void };

type Registry = { readonly groups: Readonly<Record<string, readonly Command[]>> };
export const useCommandRegistry = create<Registry>(() => ({ groups: {} }));

/** Adds commands to the palette under `group` (a translated heading) for as long as the caller is mounted. */
export function useCommands(group: string, commands: readonly Command[]): void {
  useEffect(() => {
    useCommandRegistry.setState(({ groups }) => ({ groups: { ...groups, [group]: commands } }));
  }, [group, commands]);
  useEffect(
    () => () =>
      useCommandRegistry.setState(({ groups }) => ({
        groups: Object.fromEntries(Object.entries(groups).filter(([name]) => name !== group)),
      })),
    [group],
  );
}
