import { useEffect, useEffectEvent } from 'react';

type Take = (files: readonly File[]) => void;
let target: Take | null = null;

/** Documents dropped on the window go to `take` while the caller is mounted (or `active`), instead of only into the vault. */
export function useDropTarget(take: Take, active = true): void {
  const takeNow = useEffectEvent(take);
  useEffect(() => {
    if (!active) return;
    const mine: Take = (files) => takeNow(files);
    target = mine;
    return () => {
      if (target === mine) target = null;
    };
  }, [active]);
}

/** Who wants dropped documents now, or null. */
export function dropTarget(): Take | null {
  return target;
}
