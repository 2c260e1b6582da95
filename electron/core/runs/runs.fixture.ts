import { setTimeout as delay } from 'node:timers/promises';
import { join } from 'node:path';
import { AppError } from '../errors.ts';
import { FlowsService } from '../flows/flows.service.ts';
import { ArchiveStore } from '../nodes/archive/archive-store.ts';
import { fixturePage, fixtureSummary } from '../nodes/fixtures.ts';
import { addCase, noHold } from '../testing/case.ts';
import { RunsService, type RunsDeps } from './runs.service.ts';
import { openVaultDatabase } from './vault.fixture.ts';

/** Invented, with a valid check digit. */
export const plantedId = '110105194912310021';
const noLog = { info: () => undefined, bug: (where: string, error: unknown) => console.error(where, error) };

/** Documents `d0`, `d1` … whose text holds planted personal data; large for odd numbers, so that values go to blobs. */
const textOf = (id: string) => `Document ${id}\n身份证号 ${plantedId} 手机 13800138000\n`.repeat(Number(id.slice(1)) % 2 === 1 ? 200 : 1);

/** Runs over a real encrypted vault; where documents come from and what the model says is given. */
export function openRuns(folder: string, given: Partial<Pick<RunsDeps, 'documents' | 'inference' | 'archive' | 'parallel'>> = {}) {
  const vault = openVaultDatabase(folder);
  const caseId = addCase(vault.db);
  const flows = new FlowsService(vault.db, join(import.meta.dirname, '../../../resources'), noHold);
  const runs = new RunsService({
    db: vault.db,
    blobs: vault.blobs,
    acts: vault.systemAct,
    log: noLog,
    flows,
    documents: documents(),
    inference: noModel,
    archive: new ArchiveStore(vault.db, vault.systemAct),
    ...given,
  });
  const [sample] = [...flows.installSamples(vault.act('flows.install-samples'), caseId), ...flows.list([caseId])];
  if (!sample) throw new Error('no sample flow');
  const close = async () => {
    await runs.close();
    vault.close();
  };
  return { ...vault, flows, runs, caseId, flowId: sample.id, close };
}

/** Documents that take up to `slowest` ms to read. */
export function documents(slowest = 0): RunsDeps['documents'] {
  return {
    get: (id) => ({ id, name: `${id}.pdf`, caseId: 'case-1' }),
    waitUntilRead: async (id, signal) => {
      await delay(Math.random() * slowest, undefined, { signal });
      return { ...fixtureSummary(1), id };
    },
    pages: (id) => [fixturePage(textOf(id), 0)],
  };
}

const noModel: RunsDeps['inference'] = { extract: () => Promise.reject(new AppError('inference/no-model', 'There is no model.')) };

export const documentIds = (count: number) => Array.from({ length: count }, (_, index) => `d${index}`);
