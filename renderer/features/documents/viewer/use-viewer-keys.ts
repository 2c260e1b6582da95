import { useEffect, useEffectEvent } from 'react';
import { zoomBy } from './viewer-state.ts';

/** PageUp and PageDown turn pages, + and − zoom, wherever the focus is but in a field. */
export function useViewerKeys(page: number, goTo: (page: number) => void): void {
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    const inField = event.target instanceof Element && event.target.closest('input, textarea, [contenteditable="true"]') !== null;
    if (inField || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === 'PageDown') goTo(page + 1);
    else if (event.key === 'PageUp') goTo(page - 1);
    else if (event.key === '+' || event.key === '=') zoomBy(1);
    else if (event.key === '-') zoomBy(-1);
    else return;
    event.preventDefault();
  });
  useEffect(() => {
    const listener = (event: KeyboardEvent): void => onKey(event);
    window.addEventListener('keydown', listener);
    return () => window.removeEventListener('keydown', listener);
  }, []);
}
