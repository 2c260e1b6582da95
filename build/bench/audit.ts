import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { reportFigures } from './audit-report.ts';
import { searchFigures } from './audit-search.ts';
import { verifierFigures } from './audit-verifier.ts';
import { appendFigures } from './audit/append.ts';
import { filledLog } from './audit/filled-log.ts';
import { verifyFigures } from './audit/verify.ts';

/** `BENCH_LEAVES` makes it smaller. */
const leaves = Number(process.env['BENCH_LEAVES'] ?? 1_000_000);

/** The audit log once a million acts are in it, and what is made of it. */
export async function auditBench(): Promise<Record<string, unknown>> {
  return { ...(await logFigures()), search: searchFigures(leaves), report: await reportFigures(), verifier: await verifierFigures() };
}

async function logFigures(): Promise<Record<string, unknown>> {
  const folder = mkdtempSync(join(tmpdir(), 'redoubt-bench-'));
  try {
    const { storage, audit } = filledLog(join(folder, 'vault'), leaves);
    try {
      return { verify: await verifyFigures(audit), append: appendFigures(storage.db, audit) };
    } finally {
      storage.close();
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
