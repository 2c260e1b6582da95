import type { Run, RunEvent, RunItem, RunSummary, Step, StepState } from '../../../../electron/core/contract/runs.ts';

/** A run as the page holds it: the last snapshot with every event since. */
export type LiveRun = {
  readonly run: RunSummary;
  readonly items: readonly RunItem[];
  /** By `stepKey`. */
  readonly steps: ReadonlyMap<string, Step>;
};

/** One node over one item, or over all of them. */
export type NodeProgress = {
  readonly state: StepState;
  readonly done: number;
  readonly failed: number;
  readonly running: number;
  /** Steps known so far. */
  readonly known: number;
  /** Milliseconds of all finished steps together. */
  readonly durationMs: number;
  readonly tokens: number;
};

export const stepKey = (item: number, nodeId: string): string => `${item}/${nodeId}`;

export function liveRun({ items, steps, ...run }: Run): LiveRun {
  return { run, items, steps: new Map(steps.map((step) => [stepKey(step.item, step.nodeId), step])) };
}

/** Applies events in order; those of other runs are passed over. */
export function applyEvents(live: LiveRun, events: readonly RunEvent[]): LiveRun {
  let { run } = live;
  let items: RunItem[] | null = null;
  let steps: Map<string, Step> | null = null;
  for (const event of events) {
    if ((event.type === 'run' ? event.run.id : event.runId) !== run.id) continue;
    if (event.type === 'run') run = event.run;
    else if (event.type === 'item') {
      items ??= [...live.items];
      const at = items.findIndex((item) => item.index === event.item.index);
      if (at === -1) items.push(event.item);
      else items[at] = event.item;
    } else {
      steps ??= new Map(live.steps);
      steps.set(stepKey(event.step.item, event.step.nodeId), event.step);
    }
  }
  return run === live.run && !items && !steps ? live : { run, items: items ?? live.items, steps: steps ?? live.steps };
}

/** The steps of one item in the order they began; those that have not begun come last. */
export function stepsOf(live: LiveRun, item: number): Step[] {
  return [...live.steps.values()]
    .filter((step) => step.item === item)
    .toSorted((a, b) => (a.startedAt ?? Number.MAX_SAFE_INTEGER) - (b.startedAt ?? Number.MAX_SAFE_INTEGER));
}

/** Milliseconds a step took, or has taken until `now`; null before it began. */
export function stepDuration(step: Pick<Step, 'startedAt' | 'finishedAt'>, now?: number): number | null {
  const end = step.finishedAt ?? now;
  return step.startedAt === null || end === undefined ? null : Math.max(0, end - step.startedAt);
}

/** What to show for several steps of one node: what is under way counts first, then what failed, then what is left. */
function joined({
  running,
  failed,
  done,
  pending,
  cancelled,
  skipped,
}: Record<'running' | 'failed' | 'done' | 'pending' | 'cancelled' | 'skipped', number>): StepState {
  if (running > 0) return 'running';
  if (failed > 0) return 'failed';
  if (pending > 0) return done > 0 ? 'running' : 'pending';
  if (cancelled > 0) return 'cancelled';
  return done > 0 || skipped === 0 ? 'succeeded' : 'skipped';
}

/** Progress by node id, of one item or (null) of all. Objects of `previous` that still hold are kept, so that memoised views rest. */
export function progressByNode(
  live: LiveRun,
  item: number | null,
  previous?: ReadonlyMap<string, NodeProgress>,
): Map<string, NodeProgress> {
  const counts = new Map<string, Record<StepState, number> & { durationMs: number; tokens: number }>();
  for (const step of live.steps.values()) {
    if (item !== null && step.item !== item) continue;
    let count = counts.get(step.nodeId);
    if (!count) {
      count = { pending: 0, running: 0, succeeded: 0, failed: 0, skipped: 0, cancelled: 0, durationMs: 0, tokens: 0 };
      counts.set(step.nodeId, count);
    }
    count[step.state] += 1;
    count.durationMs += stepDuration(step) ?? 0;
    count.tokens += step.tokens ?? 0;
  }
  return new Map(
    [...counts].map(([nodeId, count]) => {
      const { pending, running, succeeded, failed, skipped, cancelled, durationMs, tokens } = count;
      const state = joined({ running, failed, done: succeeded, pending, cancelled, skipped });
      const known = pending + running + succeeded + failed + skipped + cancelled;
      const next: NodeProgress = { state, done: succeeded, failed, running, known, durationMs, tokens };
      const old = previous?.get(nodeId);
      return [nodeId, old && same(old, next) ? old : next];
    }),
  );
}

function same(a: NodeProgress, b: NodeProgress): boolean {
  return (Object.keys(a) as (keyof NodeProgress)[]).every((key) => a[key] === b[key]);
}

export const isActive = (run: Pick<RunSummary, 'state'>): boolean => run.state === 'queued' || run.state === 'running';
/** A run that can be taken up again. */
export const isResumable = (run: Pick<RunSummary, 'state'>): boolean => run.state === 'failed' || run.state === 'cancelled';
