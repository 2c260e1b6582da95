import { mkdtempSync, rmSync } from 'node:fs';
import { randomBytes, randomUUID } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Leaves } from '../audit/leaves.ts';
import { AuditedAct, systemActor, type Actor } from '../audit/act.ts';
import type { AuditLog } from '../audit/audit-log.ts';
import type { Run } from '../contract/runs.ts';
import { maskValue } from '../masking/mask.ts';
import { scan } from '../masking/scan.ts';
import { logStorage, newAuditLog } from '../testing/audit-log.ts';
import { addCase } from '../testing/case.ts';
import { Blobs } from '../vault/blobs.ts';
import { ringOf } from '../vault/key-ring.ts';
import { openDatabase } from '../vault/database.ts';
import { Tokens } from '../vault/factors/token/tokens.ts';
import { migrate } from '../vault/migrations/index.ts';
import { noDesign, type DesignSource } from './report-design.ts';
import { ReportMaker } from './report-maker.ts';
import { ReportsService } from './reports.service.ts';
import { SigningService } from './signing/signing.service.ts';
import { noWitnesses, type WitnessSource } from './witness-statement.ts';
import type { ReportSources } from './report-sources.ts';

/** Invented, with valid check digits. */
export const planted = ['110105194912310021', '6222 0212 3456 7890 128', '13812345678', 'mei.lin@example.com'];

const text = `身份证号 ${planted[0]}，银行卡 ${planted[1]}，手机 ${planted[2]}，邮箱 ${planted[3]}。`;
const started = Date.UTC(2026, 10, 20, 9, 30);

/** A finished run over `count` documents whose results hold what was planted. */
export function finishedRun(count: number): Run {
  const items: Run['items'] = Array.from({ length: count }, (_, index) => ({
    index,
    documentId: `document-${index}`,
    documentName: index === 0 ? `contract ${planted[2]}.pdf` : `租赁合同-${index}.pdf`,
    state: index === 1 ? 'failed' : 'succeeded',
    error: index === 1 ? { code: 'documents/unreadable', message: `Page 1 of ${planted[3]} cannot be read.` } : null,
    result:
      index === 1
        ? null
        : {
            fields: {
              name: '林美',
              idNumber: planted[0] ?? '',
              card: '6222021234567890128',
              mobile: 13812345678,
              part: '1051949123',
              amounts: [1200, '¥ 3,600.00'],
            },
            text: `${text}\n`.repeat(20),
          },
  }));
  const steps: Run['steps'] = items.flatMap(({ index }) =>
    ['read', 'clean', 'extract', 'mask', 'store'].map((nodeId, place) => ({
      item: index,
      nodeId,
      nodeType: ['document.read', 'text.clean', 'llm.extract', 'pii.mask', 'archive'][place] ?? '',
      state: index === 1 ? (place === 0 ? ('failed' as const) : ('skipped' as const)) : ('succeeded' as const),
      attempt: 1,
      startedAt: index === 1 && place > 0 ? null : started + place * 1000,
      finishedAt: index === 1 && place > 0 ? null : started + place * 1000 + 340,
      tokens: place === 2 ? 96 : null,
      model: place === 2 ? 'starter-prototype' : null,
      error: null,
    })),
  );
  return {
    id: randomUUID(),
    caseId: 'case-1',
    flowId: randomUUID(),
    flowName: '文件受理 Document intake',
    flowVersion: 3,
    state: 'succeeded',
    itemCount: count,
    itemsSucceeded: count - 1,
    itemsFailed: 1,
    startedAt: started,
    finishedAt: started + 65_000,
    startedBy: 'ada',
    error: null,
    items,
    steps,
  };
}

/** A vault with real encryption, blobs and audit log, and reports over one run. */
export function openReports(
  run: Run,
  vaultId: string = randomUUID(),
  tokens: Tokens = new Tokens([]),
  witnesses: (audit: AuditLog) => WitnessSource = () => noWitnesses,
  design: DesignSource = noDesign,
) {
  const folder = mkdtempSync(join(tmpdir(), 'redoubt-reports-'));
  const db = openDatabase(join(folder, 'vault.db'), randomBytes(32), 'create');
  migrate(db);
  addCase(db);
  const audit = newAuditLog(db, vaultId);
  const act = (action: string, actor: Actor = { ...systemActor, personId: 'p1', name: 'ada' }) => new AuditedAct(db, audit, actor, action);
  for (const { documentId, documentName } of run.items)
    act('documents.import').commit({ subject: documentId, details: { name: documentName } }, () => undefined);
  act('runs.start').commit({ subject: run.id, details: { documents: run.itemCount } }, () => undefined);
  act('runs.end', systemActor).commit({ subject: run.id, details: { state: run.state } }, () => undefined);
  const sources: ReportSources = {
    run: () => ({ ...run, items: run.items.map((item) => ({ ...item, result: null })) }),
    item: (_, index) => run.items.at(index) ?? never(),
    document: (id) => ({
      id,
      caseId: 'case-1',
      name: id,
      kind: 'pdf',
      size: 1024,
      sha256: id.charCodeAt(9).toString(16).padStart(64, '0'),
      status: 'ready',
      pageCount: 2,
      pagesRead: 2,
      ocrPages: 1,
      error: null,
      importedAt: started,
      importedBy: 'ada',
      durationMs: 10,
    }),
    findings: () => Promise.resolve(scan(text).map((finding) => ({ ...finding, masked: maskValue(finding) }))),
    flow: () => ({ redoubt: 'flow/1', name: run.flowName, description: '', nodes: [], edges: [] }),
    model: () => ({ sha256: 'ab'.repeat(32), label: 'demonstration' }),
  };
  const blobs = new Blobs(join(folder, 'blobs'), ringOf(randomBytes(32)), randomBytes(32));
  const signing = new SigningService({
    storage: logStorage(db, vaultId),
    systemAct: (action) => act(action, systemActor),
    tokens,
    resources: join(import.meta.dirname, '../../../resources'),
  });
  const maker = new ReportMaker({
    db,
    blobs,
    audit,
    signing,
    vaultId,
    version: '0.1.0',
    resources: join(import.meta.dirname, '../../../resources'),
    design,
    witnesses: witnesses(audit),
  });
  const reports = new ReportsService(maker, sources, {
    db,
    leaves: new Leaves(db, audit.terms),
    people: () => [],
    caseOf: never,
    caseDays: () => 0,
  });
  const close = () => {
    db.close();
    rmSync(folder, { recursive: true });
  };
  return { reports, signing, audit, act, folder, close };
}

function never(): never {
  throw new Error('the run has no such item');
}
