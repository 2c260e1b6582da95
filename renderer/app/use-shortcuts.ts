import { useEffect, useEffectEvent } from 'react';
import { desktop } from '../lib/desktop.ts';
import { navigate } from '../lib/route.ts';
import { lockVault } from './lock.ts';
import type { View } from './views.tsx';

/** Ctrl/Cmd + digit opens a view, Ctrl/Cmd + L locks; the native menu sends the same as commands (`view:runs`, `lock`). */
export function useShortcuts(views: readonly View[]): void {
  const open = useEffectEvent((wanted: (view: View) => boolean): boolean => {
    const view = views.find(wanted);
    if (view) navigate(view.id);
    return view !== undefined;
  });

  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (!(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return;
      if (event.key.toLowerCase() === 'l') void lockVault();
      else if (!/^[1-9]$/.test(event.key) || !open((view) => view.digit === Number(event.key))) return;
      event.preventDefault();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, []);

  useEffect(() => {
    desktop()?.onMenu((command) => {
      if (command === 'lock') void lockVault();
      else if (command.startsWith('view:')) open((view) => view.id === command.slice('view:'.length));
    });
  }, []);
}
