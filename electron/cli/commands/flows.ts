import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import type { Json } from '../../core/contract/base.ts';
import type { Run, RunItem } from '../../core/contract/runs.ts';
import { AppError, toErrorShape } from '../../core/errors.ts';
import { asAppError, type Client } from '../../local/client.ts';
import { chooseCase } from '../choose-case.ts';
import type { Command } from '../command.ts';

type ItemResult = { document: string; state: RunItem['state']; result: RunItem['result']; error: RunItem['error'] };

export const flowsRun: Command = {
  area: 'flows',
  verb: 'run',
  usage: 'FLOW FILE… [--case CASE] [--out DIR]',
  summary:
    'Run a flow (its name, its id, or a YAML file) over files as one run, in your own case or the one named; --out writes one JSON file per document.',
  options: { out: { type: 'string' }, case: { type: 'string' } },
  positionals: [2, 10_001],
  async run({ args, values, signal, progress, withVault }) {
    const [flowArgument = '', ...files] = args;
    const out = values['out'] as string | undefined;
    return withVault(async ({ client }) => {
      const startedAt = performance.now();
      const { id: caseId } = await chooseCase(client, values['case'] as string | undefined);
      const flowId = await findFlow(client, caseId, flowArgument);
      const { documentIds, refused } = await importAll(client, caseId, files, progress);
      const run = documentIds.length > 0 ? await runToEnd(client, flowId, documentIds, signal, progress) : null;
      const items = [...(run ? await results(client, run) : []), ...refused];
      if (out !== undefined) write(out, items);
      const state = run && refused.length === 0 ? run.state : run?.state === 'cancelled' ? 'cancelled' : 'failed';
      const json = { run: { id: run?.id ?? null, state, items }, seconds: Math.round(performance.now() - startedAt) / 1000 };
      const text = [
        ...items.map(describe),
        `Run ${run?.id ?? '(not started)'}: ${state}, ${items.length} documents in ${json.seconds} s`,
      ].join('\n');
      return { json, text, exit: state === 'succeeded' ? 0 : 1 };
    });
  },
};

/** @throws AppError `flows/not-found` naming what there is, and what importing the YAML throws */
async function findFlow(client: Client, caseId: string, argument: string): Promise<string> {
  const flows = await client.flows.list({ caseId });
  if (/\.ya?ml$/i.test(argument) && existsSync(argument)) return importFlow(client, caseId, readFileSync(argument, 'utf8'));
  const found = flows.find(({ id, name }) => id === argument || name.toLowerCase() === argument.toLowerCase());
  if (found) return found.id;
  const names = flows.map(({ name }) => name);
  throw new AppError(
    'flows/not-found',
    `There is no flow or YAML file called "${argument}". Flows in this vault: ${names.join(', ') || 'none'}.`,
    { names },
  );
}

/** Imports a flow, or finds the one that an earlier import of the same text made. */
async function importFlow(client: Client, caseId: string, yaml: string): Promise<string> {
  const imported = await client.flows.importYaml({ caseId, yaml });
  const same = JSON.stringify(imported.document);
  for (const { id, name } of await client.flows.list({ caseId })) {
    if (id === imported.id || name !== imported.name || JSON.stringify((await client.flows.get({ id })).document) !== same) continue;
    await client.flows.remove({ id: imported.id });
    return id;
  }
  return imported.id;
}

/** Imports file by file, so that one that cannot be taken does not keep the others out. */
async function importAll(
  client: Client,
  caseId: string,
  files: readonly string[],
  progress: (line: string) => void,
): Promise<{ documentIds: string[]; refused: ItemResult[] }> {
  const documentIds: string[] = [];
  const refused: ItemResult[] = [];
  for (const file of files) {
    const name = basename(file);
    try {
      const imported = await client.documents.import({ caseId, files: [{ name, source: { kind: 'path', path: resolve(file) } }] });
      documentIds.push(...imported.map(({ id }) => id));
    } catch (thrown) {
      const { code, message } = toErrorShape(asAppError(thrown));
      refused.push({ document: name, state: 'failed', result: null, error: { code, message } });
      progress(`${name}: ${message}`);
    }
  }
  return { documentIds, refused };
}

/** Starts the run and waits for its end; an interrupt cancels it. */
async function runToEnd(
  client: Client,
  flowId: string,
  documentIds: string[],
  signal: AbortSignal,
  progress: (line: string) => void,
): Promise<Run> {
  const { id } = await client.runs.start({ flowId, documentIds });
  try {
    let done = 0;
    for await (const event of await client.runs.watch({ runId: id }, { signal })) {
      if (event.type !== 'run') continue;
      const { itemsSucceeded, itemsFailed, itemCount, finishedAt } = event.run;
      if (itemsSucceeded + itemsFailed > done) progress(`${(done = itemsSucceeded + itemsFailed)} of ${itemCount} documents`);
      if (finishedAt !== null) break;
    }
  } catch (error) {
    if (!signal.aborted) throw error;
  }
  if (signal.aborted) await client.runs.cancel({ id });
  return client.runs.get({ id });
}

/** Large results are not in the run itself. */
async function results(client: Client, run: Run): Promise<ItemResult[]> {
  const items: ItemResult[] = [];
  for (const item of run.items) {
    const { result } =
      item.state === 'succeeded' && item.result === null ? await client.runs.item({ runId: run.id, index: item.index }) : item;
    items.push({ document: item.documentName, state: item.state, result, error: item.error });
  }
  return items;
}

function write(folder: string, items: readonly ItemResult[]): void {
  mkdirSync(folder, { recursive: true });
  for (const [index, item] of items.entries()) {
    const name = item.document
      .replace(/[^\p{L}\p{N}._-]+/gu, '-')
      .replace(/^\.+/, '')
      .slice(0, 80);
    writeFileSync(join(folder, `${String(index + 1).padStart(4, '0')}-${name}.json`), `${JSON.stringify(item, null, 2)}\n`);
  }
}

function describe({ document, state, result, error }: ItemResult): string {
  const fields: Json = result?.['fields'] ?? null;
  return `${document}: ${error ? error.message : state}${fields === null ? '' : ` ${JSON.stringify(fields)}`}`;
}
