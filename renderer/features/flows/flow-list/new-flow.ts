import type { FlowDocument, NodeType } from '../../../../electron/core/contract/flows.ts';
import { addNode, emptyDocument } from '../flow-editor/model/flow-model.ts';

/** A flow to begin with: where data comes in and where results go out, as far as there are such node types. */
export function newFlow(name: string, nodeTypes: readonly NodeType[]): FlowDocument {
  const sources = nodeTypes.filter((type) => type.inputs.length === 0 && type.outputs.length > 0).slice(0, 1);
  const results = nodeTypes.filter((type) => type.outputs.length === 0 && type.inputs.length > 0 && type.category === 'data').slice(0, 1);
  const { document } = [...sources, ...results].reduce(
    ({ document, x }, type) => ({ document: addNode(document, type, { x, y: 0 }).document, x: x + 640 }),
    { document: emptyDocument(name), x: 0 },
  );
  return document;
}
