import { expect, test } from 'vitest';
import { WaitingLine } from './waiting-line.ts';

test('one after the other, a bounded number of them, and one that fails stops nobody', async () => {
  const line = new WaitingLine(3);
  const order: string[] = [];
  const gate = Promise.withResolvers<void>();
  const first = line.run(async () => {
    await gate.promise;
    order.push('first');
    throw new Error('first');
  });
  const second = line.run(() => Promise.resolve(order.push('second')));
  const third = line.run(() => Promise.resolve(order.push('third')));
  await expect(line.run(() => Promise.resolve())).rejects.toMatchObject({ code: 'vault/too-busy' });
  gate.resolve();
  await expect(first).rejects.toThrow('first');
  await Promise.all([second, third]);
  expect(order).toEqual(['first', 'second', 'third']);
  await line.run(() => Promise.resolve(order.push('fourth')));
  await line.idle();
  expect(order).toHaveLength(4);
});
