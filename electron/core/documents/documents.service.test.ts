import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it, onTestFinished } from 'vitest';
import { WorkerHost } from '../../local/worker-host.ts';
import { AuditedAct, systemActor } from '../audit/act.ts';
import type { DocumentEvent } from '../contract/documents.ts';
import { SourceFiles } from '../files/source-files.ts';
import { Uploads } from '../files/uploads.ts';
import type { WorkerCaller } from '../ipc/worker-link.ts';
import { stderrLog } from '../log.ts';
import { newAuditLog } from '../testing/audit-log.ts';
import { addCase, noHold, seesAll } from '../testing/case.ts';
import { temporaryFolder } from '../testing/folder.ts';
import { Blobs } from '../vault/blobs.ts';
import { ringOf } from '../vault/key-ring.ts';
import { openDatabase } from '../vault/database.ts';
import { migrate } from '../vault/migrations/index.ts';
import { DocumentsService } from './documents.service.ts';
import type { ReaderProtocol } from './reader.protocol.ts';
import { listSamples } from './samples.ts';

const samplesFolder = join(import.meta.dirname, '../../../resources/samples');
const person = { ...systemActor, personId: 'p1', name: 'ada' };

/** A real encrypted vault and a real, supervised documents process. */
async function setUp(wrap: (host: WorkerHost<ReaderProtocol>) => WorkerCaller<ReaderProtocol> = (host) => host.link) {
  const folder = temporaryFolder();
  const db = openDatabase(join(folder, 'vault.db'), Buffer.alloc(32, 7), 'create');
  migrate(db);
  const caseId = addCase(db);
  const log = newAuditLog(db);
  const blobs = new Blobs(join(folder, 'blobs'), ringOf(Buffer.alloc(32, 8)), Buffer.alloc(32, 9));
  const host = new WorkerHost<ReaderProtocol>('documents');
  const services: DocumentsService[] = [];
  onTestFinished(async () => {
    await Promise.all(services.map((service) => service.close()));
    await host.stop();
    db.close();
  });
  await host.start();
  /** Blobs that a run or a report refers to. */
  const elsewhere = new Set<string>();
  const open = (parallel = 2) => {
    const systemAct = (action: string) => new AuditedAct(db, log, systemActor, action);
    const service = new DocumentsService({
      db,
      blobs,
      reader: wrap(host),
      systemAct,
      log: stderrLog,
      samplesFolder,
      parallel,
      refuseHeld: noHold,
      isReferredElsewhere: (blob) => elsewhere.has(blob),
    });
    services.push(service);
    service.start();
    return service;
  };
  const act = (verb: string) => new AuditedAct(db, log, person, `documents.${verb}`);
  const sources = new SourceFiles(new Uploads(), 'c1', true);
  /** Writes the files beside the vault and imports them by path. */
  const drop = (service: DocumentsService, files: Readonly<Record<string, string | Uint8Array>>) => {
    const named = Object.entries(files).map(([name, content]) => {
      const path = join(folder, name);
      writeFileSync(path, content);
      return { name, source: { kind: 'path' as const, path } };
    });
    return service.import(act('import'), caseId, named, sources);
  };
  const leaves = () => log.list({ search: '', limit: 500 }).entries.map(({ action, outcome }) => `${action} ${outcome}`);
  const storedBlobs = () => readdirSync(join(folder, 'blobs')).flatMap((name) => readdirSync(join(folder, 'blobs', name))).length;
  return { db, blobs, elsewhere, host, open, act, sources, drop, leaves, storedBlobs, folder };
}

const settled = (service: DocumentsService, ids: readonly string[]) =>
  Promise.all(
    ids.map((id) =>
      service.waitUntilRead(id).then(
        (document) => document.status,
        (error: { code: string }) => error.code,
      ),
    ),
  );

describe('DocumentsService', () => {
  it('imports the samples, reads them, finds what was planted, and knows them when they come again', async () => {
    const { open, act, leaves, storedBlobs } = await setUp();
    const service = open();
    const imported = service.importSamples(act('import-samples'), 'case-1');
    expect(
      await settled(
        service,
        imported.map(({ id }) => id),
      ),
    ).toEqual(['ready', 'ready', 'ready', 'ready']);
    for (const { file, identifiers, reading, kind } of listSamples(samplesFolder)) {
      const document = service.list({ caseIds: ['case-1'], search: file, offset: 0, limit: 10 }).documents[0]!;
      expect(document).toMatchObject({
        kind,
        status: 'ready',
        pageCount: 1,
        pagesRead: 1,
        ocrPages: reading === 'ocr' ? 1 : 0,
        importedBy: 'ada',
        error: null,
      });
      const findings = await service.findings(document.id);
      expect(new Set(findings.map(({ type, text }) => `${type} ${text}`))).toEqual(
        new Set(identifiers.map(({ type, value }) => `${type} ${value}`)),
      );
      for (const { boxes, masked, text } of findings) expect(boxes.length > 0 && masked !== text).toBe(true);
      const image = await service.pageImage(document.id, 1, 300);
      expect(Math.max(image.width, image.height)).toBe(300);
    }
    expect(service.importSamples(act('import-samples'), 'case-1').map(({ id }) => id)).toEqual(imported.map(({ id }) => id));
    expect({ total: service.list({ caseIds: ['case-1'], search: '', offset: 0, limit: 10 }).total, blobs: storedBlobs() }).toEqual({
      total: 4,
      blobs: 4,
    });
    expect(leaves().filter((leaf) => leaf === 'documents.import-samples done')).toHaveLength(8);
    expect(leaves().filter((leaf) => leaf === 'documents.read done')).toHaveLength(4);
  });

  it('gives each bad file its own error, and reads the rest of the batch', async () => {
    const { open, drop, leaves, act, sources, folder } = await setUp();
    const service = open();
    const documents = await drop(service, {
      'good.md': '# Good\ntext',
      'empty.pdf': '',
      'damaged.pdf': '%PDF-1.7 and no more',
      'picture.pdf': readFileSync(join(samplesFolder, 'claim-photo.png')),
      'table.xlsx': 'PK\x03\x04',
      'good.txt': '再见',
    });
    expect(
      await settled(
        service,
        documents.map(({ id }) => id),
      ),
    ).toEqual(['ready', 'documents/empty', 'documents/damaged', 'documents/wrong-extension', 'documents/unsupported', 'ready']);
    expect(leaves().filter((leaf) => leaf === 'documents.read failed')).toHaveLength(4);
    // The same bytes under the right name are the same document, and are tried again.
    const [renamed] = await drop(service, { 'picture.png': readFileSync(join(samplesFolder, 'claim-photo.png')) });
    expect(renamed?.id).toBe(documents[3]?.id);
    expect((await service.waitUntilRead(renamed!.id)).name).toBe('picture.png');
    // A file that is not there is named; the others are imported all the same.
    const missing = { name: 'gone.pdf', source: { kind: 'path' as const, path: join(folder, 'gone.pdf') } };
    const there = { name: 'good.md', source: { kind: 'path' as const, path: join(folder, 'good.md') } };
    await expect(service.import(act('import'), 'case-1', [missing, there], sources)).rejects.toMatchObject({
      code: 'documents/not-imported',
      details: { imported: 1 },
    });
  });

  it('announces progress and takes up after a restart what was interrupted', async () => {
    const { open, drop } = await setUp();
    const first = open(1);
    const events: DocumentEvent[] = [];
    const stop = new AbortController();
    const watching = (async () => {
      for await (const event of first.watch(seesAll, stop.signal)) events.push(event);
    })();
    const documents = await drop(first, {
      'one.txt': 'one',
      'scan.pdf': readFileSync(join(samplesFolder, 'application-scan.pdf')),
      'two.txt': 'two',
    });
    const ids = documents.map(({ id }) => id);
    await first.waitUntilRead(ids[0]!);
    while (first.get(ids[1]!).status !== 'reading') await sleep(5);
    await first.close();
    stop.abort();
    await watching;
    const statuses = events.flatMap((event) => (event.type === 'changed' && event.document.id === ids[0] ? [event.document.status] : []));
    expect(new Set(statuses)).toEqual(new Set(['queued', 'reading', 'ready']));
    expect(ids.map((id) => first.get(id).status)).toEqual(['ready', 'reading', 'queued']);
    const second = open();
    expect(await settled(second, ids)).toEqual(['ready', 'ready', 'ready']);
    expect(ids.map((id) => second.pages(id).length)).toEqual([1, 1, 1]);
  });

  it('survives a killed documents process without losing or doubling a page', async () => {
    const { open, drop, host } = await setUp();
    const service = open(3);
    const texts = Object.fromEntries(
      Array.from({ length: 30 }, (_, index) => [`${index}.md`, `# ${index}\n${'word '.repeat(4000 + index)}`]),
    );
    const documents = await drop(service, { 'scan.pdf': readFileSync(join(samplesFolder, 'application-scan.pdf')), ...texts });
    while (service.get(documents[0]!.id).status !== 'reading') await sleep(2);
    process.kill(host.pid!, 'SIGKILL');
    const statuses = await settled(
      service,
      documents.map(({ id }) => id),
    );
    expect(new Set(statuses)).toEqual(new Set(['ready']));
    for (const { id } of documents) {
      const { pageCount, pagesRead } = service.get(id);
      expect(service.pages(id).map(({ number }) => number)).toEqual(Array.from({ length: pageCount ?? 0 }, (_, index) => index + 1));
      expect(pagesRead).toBe(pageCount);
    }
  });

  it('gives up the file that kills the process twice, and only that one', async () => {
    const { open, drop } = await setUp((host) => ({
      call: (method, params, options) => {
        if ('name' in params && params.name === 'bomb.txt') process.kill(host.pid!, 'SIGKILL');
        return host.link.call(method, params, options);
      },
    }));
    const service = open(3);
    const documents = await drop(service, { 'a.txt': 'a', 'bomb.txt': 'bomb', 'b.txt': 'b', 'c.txt': 'c' });
    expect(
      await settled(
        service,
        documents.map(({ id }) => id),
      ),
    ).toEqual(['ready', 'documents/ended-reader', 'ready', 'ready']);
  });

  it('cancels, retries and removes; the original goes with the document', async () => {
    const { open, drop, act, storedBlobs, leaves, folder } = await setUp();
    const service = open(1);
    const [scan, text] = await drop(service, { 'scan.pdf': readFileSync(join(samplesFolder, 'application-scan.pdf')), 'a.txt': 'a' });
    const cancelled = await service.cancel(act('cancel'), [scan!.id]);
    expect(cancelled[0]).toMatchObject({ status: 'cancelled' });
    expect(await settled(service, [scan!.id, text!.id])).toEqual(['documents/cancelled', 'ready']);
    service.retry(act('retry'), [scan!.id, text!.id]);
    expect((await service.waitUntilRead(scan!.id)).ocrPages).toBe(1);
    expect(await service.remove(act('remove'), [scan!.id, 'unknown'])).toEqual({ removed: 1 });
    expect({ blobs: storedBlobs(), total: service.list({ caseIds: ['case-1'], search: '', offset: 0, limit: 5 }).total }).toEqual({
      blobs: 1,
      total: 1,
    });
    expect(() => service.get(scan!.id)).toThrow(expect.objectContaining({ code: 'documents/not-found' }));
    expect(['cancel', 'retry', 'remove'].filter((verb) => !leaves().includes(`documents.${verb} done`))).toEqual([]);
    expect(existsSync(join(folder, 'blobs'))).toBe(true);
  });

  it('keeps content that a report or a run stores too', async () => {
    const { blobs, elsewhere, open, act, drop } = await setUp();
    const service = open();
    const [document] = await drop(service, { 'VERIFY.txt': 'How to verify this report' });
    // The same content has the same blob.
    const blob = blobs.put(Buffer.from('How to verify this report'));
    elsewhere.add(blob);
    await service.remove(act('remove'), [document?.id ?? '']);
    expect(Buffer.from(blobs.get(blob)).toString()).toBe('How to verify this report');
  });
});
