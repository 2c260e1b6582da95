import { createHash, randomUUID } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FlowDocument } from '../../electron/core/contract/flows.ts';
import type { Client } from '../../electron/local/client.ts';
import type { Random } from './suite.ts';

/** Reads, cleans, masks and archives; needs no model, so that a round is quick. */
export const quickFlow: FlowDocument = {
  redoubt: 'flow/1',
  name: 'Archive',
  description: '',
  nodes: [
    { id: 'input', type: 'input', position: { x: 0, y: 0 }, config: {} },
    { id: 'read', type: 'document.read', position: { x: 240, y: 0 }, config: { maxPages: 10 } },
    { id: 'mask', type: 'pii.mask', position: { x: 480, y: 0 }, config: {} },
    { id: 'archive', type: 'archive', position: { x: 720, y: 0 }, config: { collection: 'faults' } },
    { id: 'output', type: 'output', position: { x: 960, y: 0 }, config: {} },
  ],
  edges: [
    { id: 'e1', source: 'input', sourceHandle: 'document', target: 'read', targetHandle: 'document' },
    { id: 'e2', source: 'read', sourceHandle: 'text', target: 'mask', targetHandle: 'text' },
    { id: 'e3', source: 'mask', sourceHandle: 'text', target: 'archive', targetHandle: 'text' },
    { id: 'e4', source: 'archive', sourceHandle: 'record', target: 'output', targetHandle: 'record' },
    { id: 'e5', source: 'mask', sourceHandle: 'text', target: 'output', targetHandle: 'text' },
  ],
};

export type TextFile = { readonly name: string; readonly path: string; readonly sha256: string; readonly text: string };

/** A text file that is like no other, `bytes` long or a little more. */
export function writeTextFile(folder: string, random: Random, bytes: number): TextFile {
  mkdirSync(folder, { recursive: true });
  const lines = [`Record ${randomUUID()}`, `Phone: 138${String(random.below(100_000_000)).padStart(8, '0')}`];
  let length = 0;
  while (length < bytes) {
    const line = Array.from({ length: 12 }, () => random.next().toString(36).slice(2, 8)).join(' ');
    lines.push(line);
    length += line.length + 1;
  }
  const text = `${lines.join('\n')}\n`;
  const name = `record-${randomUUID()}.txt`;
  const path = join(folder, name);
  writeFileSync(path, text);
  return { name, path, text, sha256: createHash('sha256').update(text).digest('hex') };
}

export async function importFiles(client: Client, files: readonly TextFile[]): Promise<string[]> {
  const imported = await client.documents.import({
    files: files.map(({ name, path }) => ({ name, source: { kind: 'path' as const, path } })),
  });
  return imported.map(({ id }) => id);
}
