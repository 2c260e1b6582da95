import { useReactFlow } from '@xyflow/react';
import { type RefObject, useEffect } from 'react';
import type { ViewEdge, ViewNode } from '../state/view-graph.ts';

/** When panels open or close around the canvas: a flow that was wholly visible stays so, else the middle stays the middle. */
export function useSteadyView(pane: RefObject<HTMLElement | null>): void {
  const canvas = useReactFlow<ViewNode, ViewEdge>();
  useEffect(() => {
    if (!pane.current) return;
    let before: { width: number; height: number } | null = null;
    const observer = new ResizeObserver(([entry]) => {
      if (!entry) return;
      const { width, height } = entry.contentRect;
      const old = before;
      before = { width, height };
      if (!old || width === 0 || height === 0 || (old.width === width && old.height === height)) return;
      const { x, y, zoom } = canvas.getViewport();
      const bounds = canvas.getNodesBounds(canvas.getNodes());
      const left = bounds.x * zoom + x;
      const top = bounds.y * zoom + y;
      const wasWhole = left >= 0 && top >= 0 && left + bounds.width * zoom <= old.width && top + bounds.height * zoom <= old.height;
      if (wasWhole && bounds.width > 0) void canvas.fitView({ maxZoom: 1, padding: 0.15 });
      else void canvas.setViewport({ x: x + (width - old.width) / 2, y: y + (height - old.height) / 2, zoom });
    });
    observer.observe(pane.current);
    return () => observer.disconnect();
  }, [pane, canvas]);
}
