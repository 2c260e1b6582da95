import { cpSync, mkdirSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { TriedApplication, until } from './application.ts';
import type { Random } from './suite.ts';
import { importFiles, quickFlow, writeTextFile } from './workload.ts';

/** Vault folders to break copies of, with the folder that holds each one's mark outside. */
export type PreparedVault = {
  /** Where they lived, and where copies are tried: the marks outside belong to this place. */ readonly vault: string;
  /** Closed in order. */ readonly closed: string;
  /** The same vault after signal 9: with a write-ahead log that was not taken over yet. */ readonly killed: string;
  /** An earlier state of it, closed in order. */ readonly earlier: string;
  /** Marks outside the vault that belong to `closed` and `killed`. */
  readonly closedMarks: string;
  readonly killedMarks: string;
};

/** Makes a vault with documents, a run and a conversation through the application, and keeps it in three states. */
export async function prepareVault(folder: string, random: Random): Promise<PreparedVault> {
  const vault = livePlace(folder);
  const marks = join(folder, 'marks');
  mkdirSync(marks, { recursive: true });
  const keep = (name: string) => {
    copyVault(vault, join(folder, name));
    cpSync(marks, join(folder, `${name}-marks`), { recursive: true });
    return join(folder, name);
  };
  const app = new TriedApplication(vault, { anchorFolder: marks });
  const addWork = async (documents: number, title: string) => {
    const files = Array.from({ length: documents }, () => writeTextFile(join(folder, 'files'), random, 2_000 + random.below(60_000)));
    const ids = await importFiles(app.client, files);
    const [flow] = (await app.client.flows.list({})).filter(({ name }) => name === quickFlow.name);
    const { id } = await app.client.runs.start({
      flowId: flow?.id ?? (await app.client.flows.create({ document: quickFlow })).id,
      documentIds: await settled(app, ids),
    });
    await until(async () => (await app.client.runs.get({ id })).finishedAt !== null, 'the run does not end');
    await app.client.chat.create({ title });
  };
  try {
    await app.start();
    await app.create();
    await addWork(8, 'Earlier');
    await app.stop();
    const earlier = keep('earlier');
    await app.start();
    await app.unlock();
    await addWork(4, 'Newer');
    await app.stop();
    const closed = keep('closed');
    await app.start();
    await app.unlock();
    await addWork(3, 'Newest');
    const pid = app.pidOf('core');
    if (pid) process.kill(pid, 'SIGKILL');
    const killed = keep('killed');
    await app.stop();
    rmSync(vault, { recursive: true });
    return { vault, closed, killed, earlier, closedMarks: `${closed}-marks`, killedMarks: `${killed}-marks` };
  } finally {
    await app.stop();
  }
}

async function settled(app: TriedApplication, ids: readonly string[]): Promise<string[]> {
  await until(
    async () => (await Promise.all(ids.map((id) => app.client.documents.get({ id })))).every(({ status }) => status === 'ready'),
    'the documents were not read',
  );
  return [...ids];
}

/** Where a suite's vault lives. */
export function livePlace(folder: string): string {
  return join(folder, 'vault');
}

/** The ballast holds nothing, so it is not copied. */
export function copyVault(from: string, to: string): void {
  cpSync(from, to, { recursive: true, filter: (path) => basename(path) !== 'ballast' });
}
