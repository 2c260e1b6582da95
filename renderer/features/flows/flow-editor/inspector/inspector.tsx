import { useEditorParts } from '../state/editor-context.tsx';
import { EdgeInspector } from './edge-inspector.tsx';
import { FlowInspector } from './flow-inspector.tsx';
import { NodeInspector } from './node-inspector.tsx';
import { SelectionInspector } from './selection-inspector.tsx';

/** What is selected, and how to change it: a node, an edge, several things, or the flow itself. */
export function Inspector({ readOnly }: { readonly readOnly: boolean }) {
  const { node, edge, count } = useEditorParts(({ selectedNodes, selectedEdges }) => ({
    node: selectedNodes.length === 1 ? selectedNodes[0] : undefined,
    edge: selectedNodes.length === 0 && selectedEdges.length === 1 ? selectedEdges[0] : undefined,
    count: selectedNodes.length,
  }));
  if (node !== undefined) return <NodeInspector key={node} id={node} readOnly={readOnly} />;
  if (edge !== undefined) return <EdgeInspector id={edge} readOnly={readOnly} />;
  return count > 1 ? <SelectionInspector readOnly={readOnly} /> : <FlowInspector readOnly={readOnly} />;
}
