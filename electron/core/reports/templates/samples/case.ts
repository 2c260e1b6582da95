import type { ReportLanguage } from '../../../contract/reports.ts';
import type { CaseData } from '../../kinds/case/data.ts';
import type { RunData } from '../../kinds/run/data.ts';
import { sampleAt as at, sampleDay as day, sampleId, sampleNames } from './names.ts';

const identifiers = { 'bank-card': 2, email: 4 };

/** One run over two documents. */
export function sampleRun(language: ReportLanguage): RunData {
  const { person, flow, documents, field, value, model } = sampleNames[language];
  const nodes = [
    ['read', 'document.read'],
    ['extract', 'llm.extract'],
    ['archive', 'archive'],
  ] as const;
  return {
    runs: [
      {
        id: sampleId(10),
        state: 'succeeded',
        startedAt: at,
        finishedAt: at + 42_300,
        startedBy: person,
        error: null,
        flow: { id: sampleId(11), name: flow, version: 3, sha256: '0'.repeat(64) },
        items: documents.map((name, index) => ({
          index,
          document: { id: sampleId(20 + index), name, sha256: String(index + 1).repeat(64), size: 48_000, pages: 2, ocrPages: index },
          state: 'succeeded' as const,
          error: null,
          result: { [field]: value },
          identifiers: { 'bank-card': 1, email: 2 },
          steps: nodes.map(([nodeId, nodeType], step) => ({
            nodeId,
            nodeType,
            state: 'succeeded' as const,
            attempt: 1,
            startedAt: at + step * 9_000,
            finishedAt: at + step * 9_000 + 4_200,
            tokens: step === 1 ? 812 : null,
            model: step === 1 ? model : null,
            error: null,
          })),
        })),
      },
    ],
    models: [{ name: model, sha256: 'a'.repeat(64), label: null }],
    identifiers,
  };
}

/** A case with those two documents and that run. */
export function sampleCase(language: ReportLanguage): CaseData {
  const { person, user, flow, documents, purpose, case: name } = sampleNames[language];
  return {
    case: {
      id: sampleId(2),
      name,
      personal: false,
      classification: 'confidential',
      purpose,
      state: 'open',
      createdAt: at,
      closedAt: null,
      retentionDays: 365,
      ownRetention: true,
      dueAt: null,
      legalHold: null,
    },
    people: [{ userName: user, displayName: person, role: 'analyst', status: 'active', access: 'lead', since: at }],
    documents: documents.map((document, index) => ({
      id: sampleId(20 + index),
      name: document,
      kind: 'pdf',
      sha256: String(index + 1).repeat(64),
      size: 48_000,
      pages: 2,
      status: 'ready',
      importedAt: at,
      importedBy: person,
      identifiers: { 'bank-card': 1, email: 2 },
    })),
    runs: [
      {
        id: sampleId(10),
        flow,
        version: 3,
        state: 'succeeded',
        items: 2,
        succeeded: 2,
        failed: 0,
        startedAt: at,
        finishedAt: at + 42_300,
        startedBy: person,
      },
    ],
    counts: { flows: 1, conversations: 0, reports: 1, archived: 2 },
    deletions: [{ sequence: 70, at: at + 2 * day, actor: person, action: 'documents.remove', subject: sampleId(29) }],
    identifiers,
    audit: {
      entries: 31,
      actions: { 'documents.import': 2, 'runs.start': 1 },
      people: { [person]: 31 },
      refused: 0,
      activity: [
        { period: '2026-01-15', entries: 24 },
        { period: '2026-01-16', entries: 0 },
        { period: '2026-01-17', entries: 7 },
      ],
    },
  };
}
