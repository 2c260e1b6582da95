import { serveCalls, type Handlers, type Protocol } from '../core/ipc/calls.ts';
import type { Channel } from '../core/ipc/channel.ts';
import { stderrLog } from '../core/log.ts';
import { denyNetwork } from './deny-network.ts';
import { noCoreDump } from './no-core-dump.ts';
import { connectParent } from './parent.ts';
import { receivedChannel } from './received-channel.ts';

/**
 * Runs a worker process: closes the network, answers heartbeats, serves `handlers` to core, and stops in order.
 * When core goes away every call it made is cancelled; `onCoreDown` then drops what must not outlive it.
 */
export function runWorker<P extends Protocol>(
  handlers: Handlers<P>,
  onStop: () => Promise<void> = () => Promise.resolve(),
  onCoreDown: () => void = () => undefined,
): void {
  noCoreDump();
  denyNetwork();
  const parent = connectParent();
  let closeChannel: (reason: string) => void = () => undefined;
  const open = (received: Channel) => {
    closeChannel('replaced');
    let close: (reason: string) => void = () => undefined;
    serveCalls({ ...received, onClose: (listener) => void (close = listener) }, handlers, (error, method) => stderrLog.bug(method, error));
    closeChannel = (reason) => close(reason);
  };
  parent.onMessage((message, [end]) => {
    if (message.type === 'ping') parent.post({ type: 'pong' });
    else if (message.type === 'core/up') open(receivedChannel(end));
    else if (message.type === 'core/down') {
      closeChannel(message.reason);
      onCoreDown();
    } else if (message.type === 'stop') void onStop().finally(() => process.exit(0));
  });
  parent.post({ type: 'ready' });
}
