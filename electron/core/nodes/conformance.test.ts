import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import type { Json } from '../contract/base.ts';
import { nodeType, type PortType } from '../contract/flows.ts';
import { AppError } from '../errors.ts';
import type { ArchiveEntry } from './archive/archive-store.ts';
import { fixtureDocument, fixtureExtraction, fixturePage, fixtureSummary, type NodeFixture } from './fixtures.ts';
import { systemActor } from '../audit/act.ts';
import { describeNode, type NodeContext } from './node.ts';
import { nodeTypes } from './registry.ts';

const folder = import.meta.dirname;
const portSchemas: Record<PortType, z.ZodType> = {
  document: z.object({ documentId: z.string(), name: z.string() }),
  text: z.string(),
  json: z.json(),
  any: z.json(),
};

function contextOf({ pages, extracts }: NodeFixture): NodeContext {
  const stored = new Map<string, { id: string; collection: string; archivedAt: number }>();
  return {
    signal: new AbortController().signal,
    document: fixtureDocument,
    caseId: 'case-1',
    origin: { actor: systemActor, caseId: 'case-1', subject: 'run', documents: [fixtureDocument.id], place: {} },
    idempotencyKey: 'run/0/node',
    services: {
      documents: {
        waitUntilRead: async () => {
          if (!pages) throw new AppError('documents/encrypted', 'The file is encrypted.');
          return fixtureSummary(pages.length);
        },
        pages: () => (pages ?? []).map(fixturePage),
      },
      inference: {
        extract: async () => {
          if (!extracts) throw new AppError('inference/no-model', 'There is no model.');
          return fixtureExtraction(extracts);
        },
      },
      archive: {
        store: ({ idempotencyKey, collection }: ArchiveEntry) => {
          const record = stored.get(idempotencyKey) ?? { id: `r${stored.size}`, collection, archivedAt: Date.now() };
          stored.set(idempotencyKey, record);
          return record;
        },
      },
    },
  };
}

test('every folder is registered, and once', () => {
  const folders = readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name);
  expect(nodeTypes.map(({ type }) => type).sort()).toEqual(folders.sort());
});

describe.each(nodeTypes.map((node) => [node.type, node] as const))('%s', async (type, node) => {
  const { fixtures } = (await import(join(folder, type, 'fixtures.ts'))) as { fixtures: readonly NodeFixture[] };

  test('describes itself in both languages, with a title for every setting', () => {
    const described = describeNode(node);
    expect(nodeType.parse(described)).toEqual(described);
    for (const texts of [described.title, described.description]) for (const text of Object.values(texts)) expect(text).not.toBe('');
    const properties = (described.configSchema['properties'] ?? {}) as Record<string, Record<string, Json>>;
    for (const property of Object.values(properties))
      expect([typeof property['title'], typeof property['x-title-zh']]).toEqual(['string', 'string']);
    expect(node.config.safeParse(described.defaultConfig).success).toBe(true);
  });

  test.each(fixtures.map((fixture) => [fixture.name, fixture] as const))('%s', async (_, fixture) => {
    const context = contextOf(fixture);
    const once = async () => node.run(fixture.inputs, fixture.config ?? {}, context);
    if (fixture.fails !== undefined) return expect(once()).rejects.toMatchObject({ code: fixture.fails });
    const result = await once();
    expect(await once()).toEqual(result);
    if (fixture.skips !== undefined) return expect(result).toMatchObject({ outputs: {}, skipped: { code: fixture.skips } });
    const ports = node.role === 'result' ? node.inputs : node.outputs;
    for (const [port, value] of Object.entries(result.outputs)) {
      const declared = ports.find(({ name }) => name === port);
      expect(declared, `port ${port}`).toBeDefined();
      expect(portSchemas[declared?.type ?? 'any'].safeParse(value).success, `value of ${port}`).toBe(true);
    }
    expect(Object.keys(result.outputs).sort()).toEqual(Object.keys(fixture.outputs ?? {}).sort());
    for (const [port, expected] of Object.entries(fixture.outputs ?? {})) {
      const value = result.outputs[port];
      if (typeof expected === 'function') expect(expected(value), `${port}: ${JSON.stringify(value)}`).toBe(true);
      else expect(value).toEqual(expected);
    }
  });
});
