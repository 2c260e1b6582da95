import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { Json } from '../../core/contract/base.ts';
import type { Model } from '../../core/contract/models.ts';
import type { RunItem } from '../../core/contract/runs.ts';
import type { ReaderProtocol } from '../../core/documents/reader.protocol.ts';
import { AppError } from '../../core/errors.ts';
import { readReportFolder } from '../../core/reports/read-report-folder.ts';
import { verifyReport } from '../../core/reports/verify-report.ts';
import { applicationFolder } from '../../local/places.ts';
import { WorkerHost } from '../../local/worker-host.ts';
import type { Client } from '../../local/client.ts';
import type { Command } from '../command.ts';
import { refuseForeign, writeReport } from '../write-report.ts';

const flowName = 'Document intake';

const sampleList = z.object({
  samples: z.array(z.object({ file: z.string(), identifiers: z.array(z.object({ type: z.string(), value: z.string() })) })),
});

/** What `pii.mask` tells of its work. */
const masks = z.array(z.object({ type: z.string(), masked: z.string() }));

export const demo: Command = {
  area: 'demo',
  verb: '',
  usage: '--ephemeral --out DIR',
  summary: 'The main job on the four samples: read, extract, check, mask, archive, and a signed report in DIR/report that verifies.',
  options: { out: { type: 'string' } },
  positionals: [0, 0],
  async run({ values, progress, signal, withVault }) {
    const out = (values['out'] as string | undefined) ?? 'redoubt-demo';
    refuseForeign(join(out, 'report'));
    const startedAt = performance.now();
    const done = await withVault(async ({ client }) => {
      progress('Reading the sample documents …');
      const documentIds = await readSamples(client, signal);
      const flow = (await client.flows.list()).find(({ name }) => name === flowName);
      if (!flow) throw new AppError('flows/not-found', `The flow "${flowName}" is not in this vault.`);
      const items: RunItem[] = [];
      const runIds: string[] = [];
      for (const documentId of documentIds) {
        const { id } = await client.runs.start({ flowId: flow.id, documentIds: [documentId] });
        const run = await finished(client, id, signal);
        runIds.push(id);
        items.push(...run.items);
        progress(`${flowName} on ${run.items[0]?.documentName ?? documentId}: ${run.state}`);
      }
      const report = await client.reports.create({ kind: 'run', runIds, language: 'en' });
      const { files } = await client.reports.export({ id: report.id });
      return { items, runIds, files, model: (await client.models.list()).find(({ isDefault }) => isDefault) };
    });
    const folder = writeReport(join(out, 'report'), done.files);
    const { verified } = await verifyReport(await readReportFolder(folder));
    const leaks = await countLeaks(folder, done.items);
    const results = done.items.map((item) => resultOf(item));
    writeFileSync(join(out, 'results.json'), `${JSON.stringify(results, null, 2)}\n`);
    const failed = done.items.filter(({ state }) => state !== 'succeeded').length;
    const json = {
      documents: done.items.length,
      runs: done.runIds.length,
      failed,
      maskedIdentifiers: results.reduce((sum, { masked }) => sum + masked, 0),
      leaks,
      report: folder,
      verified,
      seconds: Math.round(performance.now() - startedAt) / 1000,
      model: describe(done.model),
      results,
    };
    const passed = verified && leaks === 0 && failed === 0;
    const text = [
      ...results.map(({ document, fields }) => `${document}: ${JSON.stringify(fields)}`),
      `${json.documents} documents, ${json.runs} runs, ${json.maskedIdentifiers} identifiers masked, ${leaks} leaks, in ${json.seconds} s`,
      `Report: ${folder} (${verified ? 'verified' : 'DOES NOT VERIFY'}). Model: ${done.model?.displayName ?? 'none'}.`,
    ].join('\n');
    return { json, text, exit: passed ? 0 : 1 };
  },
};

/** Imports the samples and waits until each is read. @throws AppError `documents/unread` */
async function readSamples(client: Client, signal: AbortSignal): Promise<string[]> {
  const changes = await client.documents.watch(undefined, { signal });
  const imported = await client.documents.importSamples();
  const all = imported.length > 0 ? imported : (await client.documents.list({})).documents;
  const waiting = new Set(all.filter(({ status }) => status === 'queued' || status === 'reading').map(({ id }) => id));
  for (const { id } of all)
    await client.documents.get({ id }).then(({ status }) => (status === 'ready' || status === 'failed') && waiting.delete(id));
  for await (const event of changes) {
    if (waiting.size === 0) break;
    if (event.type === 'changed' && event.document.status !== 'queued' && event.document.status !== 'reading')
      waiting.delete(event.document.id);
    if (waiting.size === 0) break;
  }
  return all.map(({ id }) => id);
}

async function finished(client: Client, id: string, signal: AbortSignal) {
  const events = await client.runs.watch({ runId: id }, { signal });
  for (;;) {
    const run = await client.runs.get({ id });
    if (run.finishedAt !== null) return run;
    const { done } = await events.next();
    if (done) throw new AppError('runs/interrupted', 'The run was interrupted. Start the demonstration again.');
  }
}

function resultOf({ documentName, state, error, result }: RunItem) {
  const found = masks.safeParse(result?.['findings']);
  // An identifier that stands both in the text and in a field is one identifier.
  const masked = new Set(found.success ? found.data.map((item) => `${item.type} ${item.masked}`) : []).size;
  return { document: documentName, state, error, masked, fields: result?.['fields'] ?? null, problems: result?.['problems'] ?? null };
}

/** How many planted identifiers stand in what left the flow: the results, every file of the report and the text of its PDF. */
async function countLeaks(folder: string, items: readonly RunItem[]): Promise<number> {
  const { samples } = sampleList.parse(JSON.parse(readFileSync(join(applicationFolder(), 'resources/samples/samples.json'), 'utf8')));
  const outgoing = [
    JSON.stringify(items.map(({ result }) => result)),
    ...readdirSync(folder).map((name) => readFileSync(join(folder, name), 'latin1')),
    await pdfText(join(folder, 'report.pdf')),
  ];
  const planted = samples.flatMap(({ identifiers }) => identifiers.map(({ value }) => value));
  // Spacing does not hide a number.
  const squeezed = outgoing.map((text) => text.replaceAll(/[\s-]/g, ''));
  return planted.filter((value) => squeezed.some((text) => text.includes(value.replaceAll(/[\s-]/g, '')))).length;
}

async function pdfText(file: string): Promise<string> {
  const reader = new WorkerHost<ReaderProtocol>('documents');
  const pages: string[] = [];
  try {
    await reader.start();
    await reader.link.call(
      'read',
      { bytes: readFileSync(file), name: 'report.pdf', ocr: 'never' },
      { onEvent: (event) => void (event.type === 'page' && pages.push(event.page.text)) },
    );
  } finally {
    await reader.stop();
  }
  return pages.join('\n');
}

function describe(model: Model | undefined): Json {
  return model ? { name: model.displayName, sha256: model.sha256, label: model.label, quantisation: model.quantisation } : null;
}
