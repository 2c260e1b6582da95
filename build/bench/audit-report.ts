import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connectClient, type Client } from '../../electron/local/client.ts';
import { Host } from '../../electron/local/host.ts';
import { floorCost } from '../../electron/core/vault/kdf.ts';
import { statistics } from './statistics.ts';

const documents = 100;
const rounds = 7;
/** Five steps for each document; none needs a model. */
const chain = ['input', 'document.read', 'text.clean', 'pii.mask', 'output'] as const;

/** How long a signed report of a run of 500 steps takes, over the real processes: gathering, template, layout, signing, storing; ms. */
export async function reportFigures(): Promise<Record<string, unknown>> {
  const folder = mkdtempSync(join(tmpdir(), 'redoubt-bench-report-'));
  const host = new Host({ host: 'cli', vaultFolder: join(folder, 'vault'), kdfCost: floorCost, onLog: () => undefined });
  try {
    await host.start();
    const { client } = connectClient(host);
    await client.vault.create({ userName: 'ada', displayName: 'Ada', password: 'correct horse battery' });
    const { runId, steps } = await finishedRun(client, folder);
    const times: Record<string, unknown> = {};
    let files: { name: string; size: number }[] = [];
    for (const language of ['en', 'zh-CN'] as const) {
      const samples: number[] = [];
      for (let round = 0; round < rounds; round += 1) {
        const began = performance.now();
        ({ files } = await client.reports.create({ kind: 'run', runIds: [runId], language }));
        samples.push(performance.now() - began);
      }
      // The first one loads code and fonts and makes the vault's certificate.
      times[language] = { firstMs: Math.round(samples[0] ?? Number.NaN), ...statistics(samples) };
    }
    const sizeOf = (name: string) => files.find((file) => file.name === name)?.size;
    return { steps, createMs: times, pdfBytes: sizeOf('report.pdf'), jsonBytes: sizeOf('report.json') };
  } finally {
    await host.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function finishedRun(client: Client, folder: string): Promise<{ runId: string; steps: number }> {
  const files = Array.from({ length: documents }, (_, index) => {
    const path = join(folder, `letter-${index}.txt`);
    writeFileSync(
      path,
      `Letter ${index}\nName: Person ${index}\nPhone: 138${String(index).padStart(8, '0')}\nE-mail: person${index}@example.com\n`,
    );
    return { name: `letter-${index}.txt`, source: { kind: 'path' as const, path } };
  });
  const imported = await client.documents.import({ files });
  const [sample] = await client.flows.list();
  const { document } = await client.flows.get({ id: sample?.id ?? '' });
  const nodes = chain.map((type, index) => ({ ...nodeOf(document.nodes, type), position: { x: index * 260, y: 0 } }));
  const edges = nodes.slice(1).map((node, index) => {
    const handle = index === 0 ? 'document' : 'text';
    return { id: `e${index}`, source: nodes[index]?.id ?? '', sourceHandle: handle, target: node.id, targetHandle: handle };
  });
  const flow = await client.flows.create({ document: { ...document, name: 'Bench', nodes, edges } });
  const run = await client.runs.start({ flowId: flow.id, documentIds: imported.map(({ id }) => id) });
  for await (const event of await client.runs.watch({ runId: run.id })) if (event.type === 'run' && event.run.finishedAt !== null) break;
  const { steps, state } = await client.runs.get({ id: run.id });
  if (state !== 'succeeded') throw new Error(`the run ended as ${state}`);
  return { runId: run.id, steps: steps.length };
}

function nodeOf<T extends { type: string }>(nodes: readonly T[], type: string): T {
  const node = nodes.find((each) => each.type === type);
  if (!node) throw new Error(`the sample flow has no ${type}`);
  return node;
}
