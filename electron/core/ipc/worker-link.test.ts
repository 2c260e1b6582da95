import { expect, test } from 'vitest';
import { WorkerLink } from './worker-link.ts';

test('a worker that is told to be up twice keeps its calls; one that went down loses them', async () => {
  const posted: { id: number }[] = [];
  const link = new WorkerLink<{ read: { params: null; event: never; result: string } }>('documents', (message) =>
    posted.push(message as { id: number }),
  );
  link.up();
  const first = link.call('read', null);
  link.up();
  link.receive({ type: 'result', id: posted[0]?.id, result: 'done' });
  expect(await first).toBe('done');
  const second = link.call('read', null);
  link.down('signal SIGKILL');
  await expect(second).rejects.toMatchObject({ code: 'process/unavailable', details: { reason: 'signal SIGKILL' } });
});
