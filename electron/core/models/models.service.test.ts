import { createHash } from 'node:crypto';
import { copyFileSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it, onTestFinished } from 'vitest';
import { tinyModel } from '../../../build/make-tiny-model.ts';
import { AuditedAct, systemActor } from '../audit/act.ts';
import type { ModelImportEvent } from '../contract/models.ts';
import { SourceFiles } from '../files/source-files.ts';
import { Uploads } from '../files/uploads.ts';
import type { EngineProtocol } from '../inference/engine.protocol.ts';
import { ModelLoader } from '../inference/model-loader.ts';
import { WorkerLink } from '../ipc/worker-link.ts';
import { newAuditLog } from '../testing/audit-log.ts';
import { temporaryFolder } from '../testing/folder.ts';
import { openDatabase } from '../vault/database.ts';
import { migrate } from '../vault/migrations/index.ts';
import { ModelsService } from './models.service.ts';

const resources = fileURLToPath(new URL('../../../resources', import.meta.url));

/** A registry over a real encrypted database; the engine is never reached. */
function registry() {
  const root = temporaryFolder();
  const folder = join(root, 'models');
  const db = openDatabase(join(root, 'vault.db'), Buffer.alloc(32, 7), 'create');
  onTestFinished(() => void db.close());
  migrate(db);
  const log = newAuditLog(db);
  const uploads = new Uploads();
  const files = new SourceFiles(uploads, 'me', true);
  const loader = new ModelLoader(new WorkerLink<EngineProtocol>('inference', 0));
  const open = (where = folder) => new ModelsService({ db, folder: where, resources, loader });
  const act = () => new AuditedAct(db, log, systemActor, 'models.import');
  const leaves = () => db.prepare('SELECT count(*) FROM audit_leaves').pluck().get();
  const file = (name: string, bytes: Uint8Array) => {
    const path = join(root, name);
    writeFileSync(path, bytes);
    return { name, source: { kind: 'path', path } as const };
  };
  const upload = (name: string, bytes: Uint8Array) => {
    const uploadId = uploads.begin('me', name, bytes.length);
    uploads.append('me', uploadId, 0, Buffer.from(bytes));
    return { name, source: { kind: 'upload', uploadId } as const };
  };
  return { root, folder, open, act, leaves, files, file, upload };
}

async function last(events: AsyncGenerator<ModelImportEvent>) {
  const all: ModelImportEvent[] = [];
  for await (const event of events) all.push(event);
  const done = all.at(-1);
  if (done?.type !== 'done') throw new Error('the import did not end with done');
  return { ...done, types: [...new Set(all.map((event) => (event.type === 'progress' ? event.stage : event.type)))] };
}

it('finds the copied models of a vault that was restored or moved to another folder', async () => {
  const { root, folder, open, act, files, file } = registry();
  const { model } = await last(open().import(act(), { ...file('one.gguf', tinyModel({ seed: 1 })), mode: 'copy' }, files));
  const elsewhere = join(root, 'elsewhere');
  renameSync(folder, elsewhere);
  const moved = open(elsewhere);
  await moved.start();
  expect(readdirSync(elsewhere)).toEqual([`${model.sha256}.gguf`]);
  expect(await moved.usable(model.id)).toMatchObject({ path: join(elsewhere, `${model.sha256}.gguf`) });
});

it('copies, links, takes uploads, and knows a model again by its content', async () => {
  const { folder, open, act, leaves, files, file, upload } = registry();
  const models = open();
  const one = tinyModel({ seed: 1 });
  const first = await last(models.import(act(), { ...file('one.gguf', one), mode: 'copy' }, files));
  expect(first).toMatchObject({
    types: ['header', 'hashing', 'copying', 'done'],
    duplicate: false,
    model: {
      displayName: 'Redoubt test model',
      architecture: 'llama',
      quantisation: 'F32',
      label: 'test',
      storage: 'copied',
      isDefault: false,
      memory: { contextSize: 2048, fits: true },
      load: { state: 'unloaded' },
    },
  });
  expect(readFileSync(join(folder, `${first.model.sha256}.gguf`)).equals(one)).toBe(true);
  expect(first.model.sha256).toBe(createHash('sha256').update(one).digest('hex'));

  expect(await last(models.import(act(), { ...upload('renamed.gguf', one), mode: 'copy' }, files))).toMatchObject({
    duplicate: true,
    model: { id: first.model.id },
  });
  const linked = await last(models.import(act(), { ...file('two.gguf', tinyModel({ seed: 2 })), mode: 'link' }, files));
  const sent = await last(models.import(act(), { ...upload('three.gguf', tinyModel({ seed: 3 })), mode: 'copy' }, files));
  expect(leaves()).toBe(4);
  expect(readdirSync(folder)).toHaveLength(2);

  expect(models.list().map(({ storage, label, isDefault }) => [storage, label, isDefault])).toEqual([
    ['copied', 'test', false],
    ['linked', 'test', false],
    ['copied', 'test', false],
    ['built-in', 'demonstration', true],
  ]);
  models.setDefault(act(), linked.model.id);
  expect(open().defaultModel()?.id).toBe(linked.model.id);

  await models.remove(act(), linked.model.id);
  await models.remove(act(), sent.model.id);
  expect(models.list().map(({ id, isDefault }) => [id, isDefault])).toEqual([
    [first.model.id, false],
    ['redoubt-demonstration', true],
  ]);
  expect(readdirSync(folder)).toEqual([`${first.model.sha256}.gguf`]);
  await expect(models.remove(act(), 'redoubt-demonstration')).rejects.toMatchObject({ code: 'models/built-in' });
});

it('leaves nothing behind when an import fails or is cancelled', async () => {
  const { folder, open, act, leaves, files, file, upload } = registry();
  const models = open();
  const reject = (request: Parameters<ModelsService['import']>[1]) => expect(last(models.import(act(), request, files))).rejects;
  await reject({ ...file('a.gguf', Buffer.from('%PDF-1.7 this is something else')), mode: 'copy' }).toMatchObject({
    code: 'models/not-gguf',
  });
  await reject({ ...file('b.gguf', tinyModel().subarray(0, 200_000)), mode: 'copy' }).toMatchObject({ code: 'models/damaged' });
  await reject({ ...upload('c.gguf', tinyModel()), mode: 'link' }).toMatchObject({ code: 'models/link-needs-path' });

  for (const stage of ['hashing', 'copying']) {
    for await (const event of models.import(act(), { ...file('d.gguf', tinyModel()), mode: 'copy' }, files)) {
      if (event.type === 'progress' && event.stage === stage) break;
    }
  }
  expect({ files: readdirSync(folder), leaves: leaves(), models: models.list().length }).toEqual({ files: [], leaves: 0, models: 1 });
});

it('does not use a file that went away or was changed after its import', async () => {
  const { open, act, files, file } = registry();
  const models = open();
  const link = file('linked.gguf', tinyModel());
  const { model } = await last(models.import(act(), { ...link, mode: 'link' }, files));
  expect((await models.usable(model.id)).path).toBe(link.source.path);

  utimesSync(link.source.path, 1, 1);
  await expect(models.usable(model.id)).rejects.toMatchObject({ code: 'models/file-changed' });
  rmSync(link.source.path);
  await expect(models.usable(model.id)).rejects.toMatchObject({ code: 'models/file-missing' });
  expect(models.list()[0]?.load).toMatchObject({ state: 'failed', error: { code: 'models/file-missing' } });
});

it('sweeps what a killed import left and nothing else', async () => {
  const { folder, open, act, files, file } = registry();
  const { model } = await last(open().import(act(), { ...file('kept.gguf', tinyModel()), mode: 'copy' }, files));
  mkdirSync(folder, { recursive: true });
  const orphan = 'f'.repeat(64);
  for (const name of [`${orphan}.gguf`, `${orphan}.gguf.123.part`, 'notes.txt'])
    copyFileSync(join(folder, `${model.sha256}.gguf`), join(folder, name));
  await open().start();
  expect(readdirSync(folder).sort()).toEqual([`${model.sha256}.gguf`, 'notes.txt'].sort());
});
