import { describe, expect, it } from 'vitest';
import type { Run, Step } from '../../../../electron/core/contract/runs.ts';
import { applyEvents, liveRun, progressByNode, stepsOf } from './live-run.ts';

const step = (
  item: number,
  nodeId: string,
  state: Step['state'],
  startedAt: number | null = null,
  finishedAt: number | null = null,
): Step => ({
  item,
  nodeId,
  nodeType: nodeId,
  state,
  attempt: 1,
  startedAt,
  finishedAt,
  tokens: state === 'succeeded' ? 10 : null,
  model: null,
  error: null,
});
const run: Run = {
  caseId: 'case',
  id: 'r1',
  flowId: 'f1',
  flowName: 'Intake',
  flowVersion: 3,
  state: 'running',
  itemCount: 2,
  itemsSucceeded: 0,
  itemsFailed: 0,
  startedAt: 0,
  finishedAt: null,
  startedBy: 'ana',
  error: null,
  items: [0, 1].map((index) => ({
    index,
    documentId: `d${index}`,
    documentName: `${index}.pdf`,
    state: 'running',
    error: null,
    result: null,
  })),
  steps: [step(0, 'read', 'succeeded', 0, 40), step(0, 'clean', 'running', 50), step(1, 'read', 'failed', 10, 30)],
};

describe('a live run', () => {
  it('takes in its own events and passes over those of others', () => {
    const live = liveRun(run);
    const { items: _items, steps: _steps, ...summary } = run;
    expect(applyEvents(live, [{ type: 'run', run: { ...summary, id: 'r2' } }])).toBe(live);
    const [first] = run.items;
    const next = applyEvents(live, [
      { type: 'step', runId: 'r1', step: step(0, 'clean', 'succeeded', 50, 60) },
      { type: 'item', runId: 'r1', item: { ...(first ?? expect.fail('no item')), state: 'succeeded', result: { text: 'x' } } },
      { type: 'run', run: { ...summary, itemsSucceeded: 1 } },
    ]);
    expect(next.run.itemsSucceeded).toBe(1);
    expect(next.items.map((item) => item.state)).toEqual(['succeeded', 'running']);
    expect(stepsOf(next, 0).map(({ nodeId, state }) => [nodeId, state])).toEqual([
      ['read', 'succeeded'],
      ['clean', 'succeeded'],
    ]);
    expect(live.items[0]?.state).toBe('running');
  });

  it('sums the steps of a node over the items and keeps what did not change', () => {
    const live = liveRun(run);
    const all = progressByNode(live, null);
    expect(Object.fromEntries(all)).toEqual({
      read: { state: 'failed', done: 1, failed: 1, running: 0, known: 2, durationMs: 60, tokens: 10 },
      clean: { state: 'running', done: 0, failed: 0, running: 1, known: 1, durationMs: 0, tokens: 0 },
    });
    const next = progressByNode(applyEvents(live, [{ type: 'step', runId: 'r1', step: step(0, 'clean', 'succeeded', 50, 60) }]), null, all);
    expect(next.get('read')).toBe(all.get('read'));
    expect(next.get('clean')?.state).toBe('succeeded');
    expect(progressByNode(live, 1).get('read')?.state).toBe('failed');
  });
});
