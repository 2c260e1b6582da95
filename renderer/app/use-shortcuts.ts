import { useEffect, useEffectEvent } from 'react';
import { navigate } from '../lib/route.ts';
import { lockVault } from './lock.ts';
import type { View } from './views.tsx';

/** Ctrl/Cmd + digit opens a view, Ctrl/Cmd + L locks; in the desktop window the native menu takes these keys first. */
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
}
