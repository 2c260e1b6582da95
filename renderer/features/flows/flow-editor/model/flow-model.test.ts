import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { flowDocument, type FlowDocument, type NodeType, type Port } from '../../../../../electron/core/contract/flows.ts';
import { partners, refusal } from './connections.ts';
import { addNode, connect, emptyDocument, moveBy, place, remove, setConfig, setTitle, withValue } from './flow-model.ts';
import { copy, parseFragment, paste } from './fragment.ts';
import { commit, redo, seal, startHistory, undo } from './history.ts';
import { arrange, clearPlace } from './layout.ts';
import { neighbour } from './navigation.ts';

const port = (name: string, type: Port['type']): Port => ({ name, type, required: true });
const nodeType = (type: string, inputs: Port[], outputs: Port[]): NodeType => ({
  type,
  category: 'text',
  icon: 'file-text',
  title: { en: type, 'zh-CN': type },
  description: { en: '', 'zh-CN': '' },
  inputs,
  outputs,
  configSchema: { type: 'object', properties: {} },
  defaultConfig: { depth: 1 },
});
const input = nodeType('input', [], [port('document', 'document')]);
const read = nodeType('document.read', [port('document', 'document')], [port('text', 'text')]);
const clean = nodeType('text.clean', [port('text', 'text')], [port('text', 'text')]);
const store = nodeType('archive', [port('value', 'any')], []);
const types = [input, read, clean, store];
const catalogue = new Map(types.map((type) => [type.type, type]));

/** input → read → clean → archive, all in a row. */
function chain(): FlowDocument {
  let document = emptyDocument('Intake');
  types.forEach((type, index) => ({ document } = addNode(document, type, { x: index * 320, y: 0 })));
  const ids = document.nodes.map((node) => node.id);
  const outputs = ['document', 'text', 'text'];
  const inputs = ['document', 'text', 'value'];
  outputs.forEach((sourceHandle, index) => {
    document = connect(document, {
      source: ids[index] ?? '',
      sourceHandle,
      target: ids[index + 1] ?? '',
      targetHandle: inputs[index] ?? '',
    });
  });
  return document;
}

describe('document operations', () => {
  it('build a document the contract accepts', () => {
    const document = chain();
    expect(flowDocument.parse(document)).toEqual(document);
    expect(document.edges.map(({ id, source, target }) => [id, source, target])).toEqual([
      ['e1', 'input', 'document-read'],
      ['e2', 'document-read', 'text-clean'],
      ['e3', 'text-clean', 'archive'],
    ]);
  });

  it('take the edges along when a node goes, and never place two nodes on one spot', () => {
    const document = remove(chain(), new Set(['text-clean']), new Set());
    expect(document.edges.map((edge) => edge.id)).toEqual(['e1']);
    const twice = addNode(addNode(emptyDocument('x'), clean, { x: 3, y: 3 }).document, clean, { x: 3, y: 3 }).document;
    expect(twice.nodes.map(({ id, position }) => [id, position])).toEqual([
      ['text-clean', { x: 0, y: 0 }],
      ['text-clean-2', { x: 32, y: 32 }],
    ]);
  });

  it('give back the same document when nothing changes', () => {
    const document = chain();
    expect(remove(document, new Set(), new Set(['nothing']))).toBe(document);
    expect(place(document, new Map([['input', { x: 0, y: 0 }]]))).toBe(document);
    expect(setTitle(document, 'input', '')).toBe(document);
    expect(moveBy(document, new Set(), 16, 0)).toBe(document);
  });

  it('set titles and values deep in a configuration', () => {
    expect(setTitle(setTitle(chain(), 'input', 'Files'), 'input', '').nodes[0]).not.toHaveProperty('title');
    expect(withValue({ fields: [{ name: 'a' }, { name: 'b' }] }, ['fields', 1, 'name'], 'c')).toEqual({
      fields: [{ name: 'a' }, { name: 'c' }],
    });
    expect(withValue({ fields: [{ name: 'a' }, { name: 'b' }] }, ['fields', 0], undefined)).toEqual({ fields: [{ name: 'b' }] });
    expect(withValue(undefined, ['a', 'b'], 1)).toEqual({ a: { b: 1 } });
  });
});

describe('connections', () => {
  it('are refused with a reason', () => {
    const document = chain();
    const ends = (source: string, sourceHandle: string, target: string, targetHandle: string) =>
      refusal(document, catalogue, { source, sourceHandle, target, targetHandle })?.code ?? null;
    expect([
      ends('input', 'document', 'text-clean', 'text'),
      ends('text-clean', 'text', 'text-clean', 'text'),
      ends('input', 'document', 'document-read', 'document'),
      ends('input', 'nothing', 'document-read', 'document'),
      ends('input', 'document', 'archive', 'value'),
    ]).toEqual(['types', 'self', 'duplicate', 'unknown-port', null]);
    const back = addNode(document, clean, { x: 0, y: 200 });
    const joined = connect(back.document, { source: 'text-clean', sourceHandle: 'text', target: back.id, targetHandle: 'text' });
    expect(refusal(joined, catalogue, { source: back.id, sourceHandle: 'text', target: 'text-clean', targetHandle: 'text' })?.code).toBe(
      'cycle',
    );
  });

  it('replace the edge an input already had, and know their partners', () => {
    const document = chain();
    const replaced = connect(document, { source: 'input', sourceHandle: 'document', target: 'archive', targetHandle: 'value' });
    expect(replaced.edges.filter((edge) => edge.target === 'archive').map((edge) => edge.source)).toEqual(['input']);
    expect([...partners(document, catalogue, { node: 'input', port: 'document', side: 'output' })]).toEqual(['input/archive/value']);
  });
});

describe('copy and paste', () => {
  it('bring new ids and the edges between the copied nodes', () => {
    const document = chain();
    const part = copy(document, new Set(['document-read', 'text-clean']));
    const pasted = paste(document, parseFragment(JSON.stringify(part)) ?? expect.fail('not a fragment'));
    expect(pasted.ids).toEqual(['document-read-2', 'text-clean-2']);
    expect(pasted.document.edges.at(-1)).toEqual({
      id: 'e4',
      source: 'document-read-2',
      sourceHandle: 'text',
      target: 'text-clean-2',
      targetHandle: 'text',
    });
    expect(flowDocument.safeParse(pasted.document).success).toBe(true);
    expect([parseFragment('hello'), parseFragment('{"nodes":[]}'), copy(document, new Set())]).toEqual([null, null, null]);
  });
});

describe('arranging and finding', () => {
  it('lays a chain out from left to right without overlaps', () => {
    const document = place(chain(), new Map(chain().nodes.map((node) => [node.id, { x: 0, y: 0 }])));
    const places = arrange(document, new Map());
    const xs = document.nodes.map((node) => places.get(node.id)?.x ?? Number.NaN);
    expect(xs.every((x, index) => index === 0 || x >= (xs[index - 1] ?? 0) + 224)).toBe(true);
  });

  it('finds a place that covers no other node', () => {
    const document = chain();
    const place = clearPlace(document, { x: 100, y: 5 });
    expect(place).toEqual({ x: 96, y: 128 });
    expect(clearPlace(document, { x: 0, y: -400 })).toEqual({ x: 0, y: -400 });
  });

  it('finds the neighbour in a direction', () => {
    expect([neighbour(chain(), 'input', 'right'), neighbour(chain(), 'input', 'left'), neighbour(chain(), 'archive', 'left')]).toEqual([
      'document-read',
      null,
      'text-clean',
    ]);
  });
});

describe('history', () => {
  it('merges typing until it is sealed', () => {
    let history = startHistory('');
    for (const text of ['a', 'ab', 'abc']) history = commit(history, { label: 'type', merge: 'title' }, text);
    history = commit(seal(history), { label: 'type', merge: 'title' }, 'abcd');
    expect([undo(history).present, undo(undo(history)).present, redo(undo(undo(history))).present]).toEqual(['abc', '', 'abc']);
  });

  it('returns to every earlier document and forward again, whatever was done', () => {
    const act = fc.oneof(
      fc.record({ kind: fc.constant('add' as const), type: fc.constantFrom(...types), x: fc.integer({ min: -500, max: 500 }) }),
      fc.record({ kind: fc.constant('remove' as const), index: fc.nat(20) }),
      fc.record({ kind: fc.constant('move' as const), index: fc.nat(20), dx: fc.integer({ min: 1, max: 99 }) }),
      fc.record({ kind: fc.constant('config' as const), index: fc.nat(20), value: fc.nat(9) }),
      fc.record({ kind: fc.constant('connect' as const), from: fc.nat(20), to: fc.nat(20) }),
    );
    fc.assert(
      fc.property(fc.array(act, { maxLength: 30 }), (acts) => {
        let history = startHistory(chain());
        const seen = [history.present];
        for (const step of acts) {
          const now = history.present;
          const id = (index: number) => now.nodes[index % Math.max(1, now.nodes.length)]?.id ?? '';
          const ends = () => ({
            source: id((step as { from: number }).from),
            sourceHandle: 'text',
            target: id((step as { to: number }).to),
            targetHandle: 'text',
          });
          const next =
            step.kind === 'add'
              ? addNode(now, step.type, { x: step.x, y: 0 }).document
              : step.kind === 'remove'
                ? remove(now, new Set([id(step.index)]), new Set())
                : step.kind === 'move'
                  ? moveBy(now, new Set([id(step.index)]), step.dx, 0)
                  : step.kind === 'config'
                    ? setConfig(now, id(step.index), { value: step.value })
                    : refusal(now, catalogue, ends())
                      ? now
                      : connect(now, ends());
          history = commit(history, { label: step.kind }, next);
          if (next !== now) seen.push(next);
          expect(flowDocument.safeParse(next).success).toBe(true);
          const ids = new Set(next.nodes.map((node) => node.id));
          expect(next.edges.every((edge) => ids.has(edge.source) && ids.has(edge.target))).toBe(true);
        }
        for (const document of seen.toReversed()) {
          expect(history.present).toBe(document);
          history = undo(history);
        }
        for (const document of seen.slice(1)) {
          history = redo(history);
          expect(history.present).toBe(document);
        }
      }),
    );
  });
});
