import * as fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { flowDocument, type FlowDocument } from '../contract/flows.ts';
import { AppError } from '../errors.ts';
import { openVaultDatabase } from '../runs/vault.fixture.ts';
import { addCase, noHold } from '../testing/case.ts';
import { temporaryFolder } from '../testing/folder.ts';
import { formatFlowYaml, parseFlowYaml } from './flow-yaml.ts';
import { FlowsService } from './flows.service.ts';
import { validateFlow } from './validate-flow.ts';

const resources = join(import.meta.dirname, '../../../resources');
const sample = parseFlowYaml(readFileSync(join(resources, 'flows/document-intake.yaml'), 'utf8'));

const nodeIds = fc.stringMatching(/^[A-Za-z][A-Za-z0-9_-]{0,20}$/);
const texts = fc.string({ unit: 'grapheme', maxLength: 60 });
const anyFlow: fc.Arbitrary<FlowDocument> = fc.record({
  redoubt: fc.constant('flow/1' as const),
  name: fc.stringMatching(/^[\p{L}\p{N}#:!&*-]{1,40}$/u),
  description: texts,
  nodes: fc.array(
    fc.record({
      id: nodeIds,
      type: nodeIds,
      title: texts,
      position: fc.record({ x: fc.integer(), y: fc.double({ noNaN: true, noDefaultInfinity: true }) }),
      config: fc.dictionary(texts, fc.jsonValue()) as fc.Arbitrary<FlowDocument['nodes'][number]['config']>,
    }),
    { maxLength: 5 },
  ),
  edges: fc.array(fc.record({ id: nodeIds, source: nodeIds, sourceHandle: texts, target: nodeIds, targetHandle: texts }), { maxLength: 5 }),
});

describe('YAML', () => {
  test('gives back every flow', () => {
    fc.assert(
      fc.property(anyFlow, (flow) => {
        const document = flowDocument.parse(flow);
        expect(parseFlowYaml(formatFlowYaml(document))).toEqual(document);
      }),
    );
  });

  test('any text gives a flow or an error with a line, never anything else', () => {
    const lines = fc.array(
      fc.constantFrom(
        'redoubt: flow/1',
        'name: a',
        'nodes: []',
        'nodes:',
        '  - id: a',
        '  - &a [*a]',
        'edges: []',
        '? {a: b}',
        '!!js/function x',
        '<<: *a',
        '\t',
        '"',
        ']',
      ),
      { maxLength: 12 },
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          lines.map((all) => all.join('\n')),
        ),
        (yaml) => {
          try {
            flowDocument.parse(parseFlowYaml(yaml));
          } catch (error) {
            expect(error).toBeInstanceOf(AppError);
            expect(error).toMatchObject({ code: 'flows/invalid-yaml', details: { line: expect.any(Number) as number } });
          }
        },
      ),
      { numRuns: 500 },
    );
  });

  const head = 'redoubt: flow/1\nname: a\n';
  test.each([
    ['an alias bomb', `${head}description: &a [x]\nnodes: [*a, *a]\nedges: []`, 4],
    ['a tag', `${head}description: !secret x\nnodes: []\nedges: []`, 3],
    ['a key that is there twice', `${head}nodes: []\nname: b\nedges: []`, 4],
    ['a bad value', `${head}nodes:\n  - id: a\n    type: input\n    position: { x: left, y: 0 }\nedges: []`, 6],
    ['a missing value', `${head}nodes:\n  - id: a\n    type: input\nedges: []`, 4],
    ['broken syntax', `${head}nodes: [\nedges: []`, 4],
    ['absurd nesting', `${head}nodes: ${'['.repeat(50_000)}`, 1],
    ['another format', 'name: a\nnodes: []', 1],
  ])('refuses %s and names the line', (_, yaml, line) => {
    expect(() => parseFlowYaml(yaml)).toThrow(
      expect.objectContaining({ code: 'flows/invalid-yaml', details: expect.objectContaining({ line }) as object }) as Error,
    );
  });

  test('a map with a hundred thousand keys is refused in one pass', () => {
    const keys = Array.from({ length: 100_000 }, (_, index) => `k${index}: 1`).join('\n');
    expect(() => parseFlowYaml(keys)).toThrow('no flow');
  });
});

describe('validation', () => {
  const without = (id: string) => ({ ...sample, nodes: sample.nodes.filter((node) => node.id !== id) });
  const withEdge = (source: string, sourceHandle: string, target: string, targetHandle: string) => ({
    ...sample,
    edges: [...sample.edges, { id: 'x', source, sourceHandle, target, targetHandle }],
  });
  const withNode = (node: Partial<FlowDocument['nodes'][number]>) => ({
    ...sample,
    nodes: [...sample.nodes, { id: 'x', type: 'text.clean', position: { x: 0, y: 0 }, config: {}, ...node }],
  });
  const codes = (document: FlowDocument) => [...new Set(validateFlow(document).map(({ code }) => code))].sort();

  test.each<[string, FlowDocument, string[]]>([
    ['the sample flow', sample, []],
    ['an empty flow', { ...sample, nodes: [], edges: [] }, ['no-input', 'no-output']],
    ['a lost end', without('output'), ['no-output', 'unknown-node']],
    ['an unknown type', withNode({ type: 'magic' }), ['unknown-type', 'unreachable']],
    ['a bad setting', withNode({ config: { collapse: 'yes' } }), ['bad-config', 'missing-input', 'unreachable']],
    ['a doubled id', withNode({ id: 'clean' }), ['duplicate-node']],
    ['types that do not fit', withEdge('input', 'document', 'output', 'value'), []],
    [
      'document into text',
      { ...sample, edges: sample.edges.map((edge) => (edge.id === 'e2' ? { ...edge, source: 'input', sourceHandle: 'document' } : edge)) },
      ['type-mismatch'],
    ],
    ['an input with two edges', withEdge('read', 'text', 'mask', 'text'), ['input-taken']],
    ['an unknown port', withEdge('read', 'smell', 'output', 'value'), ['unknown-port']],
    ['a circle', withEdge('mask', 'text', 'clean', 'text'), ['cycle', 'input-taken']],
  ])('%s', (_, document, expected) => {
    const found = codes(document);
    expect(found).toEqual(expect.arrayContaining(expected));
    if (expected.length === 0) expect(found).toEqual([]);
  });

  test('says which setting of which node', () => {
    expect(
      validateFlow(withNode({ type: 'llm.extract', config: { fields: [{ name: 'a' }, { name: '' }] } })).find(
        ({ code }) => code === 'bad-config',
      ),
    ).toMatchObject({
      nodeId: 'x',
      details: { path: 'fields.1.name' },
    });
  });
});

test('versions: saving over a change is refused, leaves and rows agree, samples come once', async () => {
  const { db, audit, act, close } = openVaultDatabase(temporaryFolder());
  const flows = new FlowsService(db, resources, noHold);
  const caseId = addCase(db);
  const [installed] = flows.installSamples(act('flows.install-samples'), caseId);
  expect(installed).toMatchObject({ name: 'Document intake', version: 1, document: sample });
  expect(flows.installSamples(act('flows.install-samples'), caseId)).toEqual([]);
  const created = flows.importYaml(act('flows.import'), caseId, formatFlowYaml({ ...sample, name: 'Mine' }));
  const saved = flows.save(act('flows.save'), created.id, 1, { ...sample, name: 'Mine 2' });
  expect(saved).toMatchObject({ version: 2, name: 'Mine 2', updatedBy: 'ada' });
  expect(() => flows.save(act('flows.save'), created.id, 1, sample)).toThrow(
    expect.objectContaining({ code: 'flows/conflict', details: { newest: 2 } }) as Error,
  );
  expect(flows.get(created.id)).toEqual(saved);
  expect(parseFlowYaml(flows.exportYaml(act('flows.export'), created.id).yaml)).toEqual(saved.document);
  expect(flows.exportYaml(act('flows.export'), created.id).fileName).toBe('mine-2.yaml');
  flows.remove(act('flows.remove'), created.id);
  expect(flows.list([caseId]).map(({ name }) => name)).toEqual(['Document intake']);
  expect(() => flows.get(created.id)).toThrow(expect.objectContaining({ code: 'flows/not-found' }) as Error);
  expect(audit.head().size).toBe(6);
  expect(await audit.verify()).toMatchObject({ ok: true });
  close();
});
