import type { Run } from '../../../contract/runs.ts';
import { AppError } from '../../../errors.ts';
import type { ReportSources } from '../../report-sources.ts';
import type { Language, ReportContent } from '../kind.ts';
import { gatherRuns, isClean } from './gather.ts';
import { runSections } from './sections.ts';
import { runTexts } from './texts.ts';

/**
 * A report of finished runs of one case.
 * @throws AppError `reports/run-not-finished`, `reports/several-cases`, and what the run's service throws for an unknown run
 */
export async function runContent(
  sources: ReportSources,
  runIds: readonly string[],
  language: Language,
): Promise<{ content: ReportContent & { matter: { kind: 'run' } }; caseId: string }> {
  const runs = [...new Set(runIds)].map((id) => sources.run(id));
  const caseId = oneCase(runs);
  requireFinished(runs);
  const { data, masks } = await gatherRuns(sources, runs);
  const documentIds = runs.flatMap(({ items }) => items.map(({ documentId }) => documentId));
  const flows = new Set(data.runs.map(({ flow }) => flow.name));
  const content = {
    title: runTexts[language].title([...flows].join(', ')),
    matter: { kind: 'run' as const, data },
    sections: runSections(data, language),
    evidence: {
      subjects: [...runs.map(({ id }) => id), ...documentIds],
      mayShow: (leaf: Parameters<typeof isClean>[0]) => isClean(leaf, masks),
    },
  };
  return { content, caseId };
}

function oneCase(runs: readonly Run[]): string {
  const [first, ...others] = new Set(runs.map(({ caseId }) => caseId));
  if (first !== undefined && others.length === 0) return first;
  throw new AppError('reports/several-cases', 'These runs belong to several cases. No report was made. Make one for each case.');
}

function requireFinished(runs: readonly Run[]): void {
  const going = runs.find(({ state }) => state === 'queued' || state === 'running');
  if (!going) return;
  throw new AppError(
    'reports/run-not-finished',
    'The run is still going on, so there is nothing to sign yet. Wait until it has ended, or stop it.',
    { runId: going.id },
  );
}
