import type { Nodes, Parents, Root } from 'mdast';

/** Levels of nesting kept; what lies deeper is shown as its source text. Real answers use fewer than ten. */
export const maximumDepth = 24;

/**
 * A remark plugin: cuts nesting below `maximumDepth` (so that no text can exhaust the stack of later steps), and turns footnote
 * definitions into paragraphs that begin with their mark, because a piece of an answer has no page end to put them at.
 */
export function remarkPlain() {
  return (tree: Root, file: { toString(): string }): void => {
    const source = file.toString();
    const queue: { node: Parents; depth: number }[] = [{ node: tree, depth: 0 }];
    for (let entry = queue.pop(); entry; entry = queue.pop()) {
      const { node, depth } = entry;
      node.children = node.children.map((child) => plain(child, depth, source)) as typeof node.children;
      for (const child of node.children) if ('children' in child) queue.push({ node: child, depth: depth + 1 });
    }
  };
}

function plain(node: Nodes, depth: number, source: string): Nodes {
  if (depth >= maximumDepth && 'children' in node) return { type: 'text', value: sourceOf(node, source) };
  if (node.type === 'footnoteReference') return { type: 'text', value: `[^${node.label ?? node.identifier}]` };
  if (node.type === 'footnoteDefinition') {
    const mark: Nodes = { type: 'paragraph', children: [{ type: 'text', value: `[^${node.label ?? node.identifier}]` }] };
    return { type: 'blockquote', children: [mark, ...node.children] };
  }
  return node;
}

function sourceOf(node: Nodes, source: string): string {
  const { start, end } = node.position ?? {};
  return start?.offset === undefined || end?.offset === undefined ? '' : source.slice(start.offset, end.offset);
}
