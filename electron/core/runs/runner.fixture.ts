import { seesAll } from '../testing/case.ts';
import { documentIds, documents, openRuns } from './runs.fixture.ts';

/** Opens the vault, starts the run or takes it up, and prints `finished` when it is. Killed at any moment by its test. */
const [folder = '', count = '1'] = process.argv.slice(2);
const { runs, act, flowId, close } = openRuns(folder, { documents: documents(6) });
runs.takeUp();
const run = runs.start(act('runs.start'), { flowId, documentIds: documentIds(Number(count)), idempotencyKey: 'the-run' });
console.log('ready');
for await (const event of runs.watch(run.id, seesAll)) if (event.type === 'run' && event.run.finishedAt !== null) break;
await close();
console.log('finished');
