import { describe, expect, it } from 'vitest';
import type { Flow, NodeType } from '../../../../../electron/core/contract/flows.ts';
import { connect, moveBy, remove } from '../model/flow-model.ts';
import { createEditor, documentOf, isDirty } from './editor-store.ts';

const clean: NodeType = {
  type: 'text.clean',
  category: 'text',
  icon: 'wash',
  title: { en: 'Clean', 'zh-CN': '清理' },
  description: { en: '', 'zh-CN': '' },
  inputs: [{ name: 'text', type: 'text', required: true }],
  outputs: [{ name: 'text', type: 'text', required: true }],
  configSchema: { type: 'object', properties: {} },
  defaultConfig: {},
};
const flow: Flow = {
  caseId: 'case',
  id: 'f1',
  name: 'Three',
  description: '',
  version: 4,
  nodeCount: 3,
  updatedAt: 0,
  updatedBy: 'ana',
  document: {
    redoubt: 'flow/1',
    name: 'Three',
    description: '',
    nodes: ['a', 'b', 'c'].map((id, index) => ({ id, type: 'text.clean', position: { x: index * 300, y: 0 }, config: {} })),
    edges: [],
  },
};
const join = { source: 'a', sourceHandle: 'text', target: 'b', targetHandle: 'text' };

describe('an open flow', () => {
  it('draws anew only what changed', () => {
    const editor = createEditor(flow, [clean]);
    const before = editor.store.getState().nodes;
    editor.change({ label: 'move' }, (document) => moveBy(document, new Set(['b']), 16, 0));
    const after = editor.store.getState().nodes;
    expect(after.map((node, index) => node === before[index])).toEqual([true, false, true]);
  });

  it('puts a dragged node back where the document has it when the drag changes nothing', () => {
    const editor = createEditor(flow, [clean]);
    editor.nodesChanged([{ type: 'position', id: 'a', position: { x: 3, y: 2 }, dragging: true }]);
    expect(editor.store.getState().nodes[0]?.position).toEqual({ x: 3, y: 2 });
    editor.change({ label: 'move' }, (document) => document);
    expect(editor.store.getState().nodes[0]?.position).toEqual({ x: 0, y: 0 });
  });

  it('is saved again after undoing back to what core has, and stays unsaved for what was changed while saving', () => {
    const editor = createEditor(flow, [clean]);
    const dirty = (): boolean => isDirty(editor.store.getState());
    editor.change({ label: 'connect' }, (document) => connect(document, join));
    expect(dirty()).toBe(true);
    editor.undo();
    expect(dirty()).toBe(false);
    editor.redo();
    const sent = documentOf(editor.store.getState());
    editor.change({ label: 'move' }, (document) => moveBy(document, new Set(['c']), 16, 0));
    editor.markSaved(5, sent);
    expect([dirty(), editor.store.getState().saved.version]).toEqual([true, 5]);
  });

  it('forgets the selection of what is gone and remembers which ports fit', () => {
    const editor = createEditor(flow, [clean]);
    editor.change({ label: 'connect' }, (document) => connect(document, join));
    editor.select(['a', 'b'], ['e1']);
    editor.link({ node: 'b', port: 'text', side: 'output' });
    expect([...(editor.store.getState().linking?.partners ?? [])]).toEqual(['input/c/text']);
    editor.change({ label: 'remove' }, (document) => remove(document, new Set(['a']), new Set()));
    const { selectedNodes, selectedEdges } = editor.store.getState();
    expect([selectedNodes, selectedEdges]).toEqual([['b'], []]);
  });
});
