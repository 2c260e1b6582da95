import type { FlowDocument } from '../../../../../electron/core/contract/flows.ts';

export type Direction = 'left' | 'right' | 'up' | 'down';

/** The node to go to from `id`: the nearest in that direction, sideways distance counting double; null at the border. */
export function neighbour(document: FlowDocument, id: string, direction: Direction): string | null {
  const from = document.nodes.find((node) => node.id === id)?.position;
  if (!from) return document.nodes[0]?.id ?? null;
  let best: { id: string; cost: number } | null = null;
  for (const node of document.nodes) {
    const dx = node.position.x - from.x;
    const dy = node.position.y - from.y;
    const [ahead, aside] =
      direction === 'right' ? [dx, dy] : direction === 'left' ? [-dx, dy] : direction === 'down' ? [dy, dx] : [-dy, dx];
    if (node.id === id || ahead <= 0) continue;
    const cost = ahead + 2 * Math.abs(aside);
    if (!best || cost < best.cost) best = { id: node.id, cost };
  }
  return best?.id ?? null;
}
