import { type RefObject, useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react';

/** Pixels from the end that still count as being there. */
const nearEnd = 48;

/**
 * Keeps a scrolling element at its end while it grows, but only for a person who is there: whoever has scrolled up
 * to read stays where they are. `toEnd` goes back.
 */
export function useStickToEnd(
  area: RefObject<HTMLElement | null>,
  content: RefObject<HTMLElement | null>,
): { atEnd: boolean; toEnd: () => void } {
  const stuck = useRef(true);
  const [atEnd, setAtEnd] = useState(true);

  const toEnd = useCallback(() => {
    stuck.current = true;
    setAtEnd(true);
    area.current?.scrollTo({ top: area.current.scrollHeight });
  }, [area]);

  useLayoutEffect(() => toEnd(), [toEnd]);

  useEffect(() => {
    const element = area.current;
    const inner = content.current;
    if (!element || !inner) return;
    const onScroll = (): void => {
      stuck.current = element.scrollTop + element.clientHeight >= element.scrollHeight - nearEnd;
      setAtEnd(stuck.current);
    };
    const follow = new ResizeObserver(() => {
      if (stuck.current) element.scrollTo({ top: element.scrollHeight });
    });
    follow.observe(inner);
    follow.observe(element);
    element.addEventListener('scroll', onScroll, { passive: true });
    return () => {
      follow.disconnect();
      element.removeEventListener('scroll', onScroll);
    };
  }, [area, content]);

  return { atEnd, toEnd };
}
