// A child for the supervisor's tests. Its argument says how it behaves.
import type { FromChild, ToChild } from '../../core/supervision/messages.ts';

const behaviour = process.argv[2];
const post = (message: FromChild) => process.send?.(message);

process.on('message', (message: ToChild) => {
  if (message.type === 'ping' && behaviour !== 'deaf') post({ type: 'pong' });
  if (message.type === 'stop' && behaviour !== 'stubborn') process.exit(0);
});
process.on('disconnect', () => process.exit(0));
if (behaviour === 'crash-at-start') process.exit(3);
if (behaviour !== 'silent') post({ type: 'ready' });
if (behaviour === 'leaves') setTimeout(() => process.exit(0), 100);
if (behaviour === 'busy') {
  process.send?.(
    { type: 'busy', ms: 60_000 } satisfies FromChild,
    () => void Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1_000),
  );
}
