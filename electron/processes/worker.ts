import { serveCalls, type Handlers, type Protocol } from '../core/ipc/calls.ts';
import type { Channel } from '../core/ipc/channel.ts';
import { stderrLog } from '../core/log.ts';
import { denyNetwork } from './deny-network.ts';
import { connectParent } from './parent.ts';

/**
 * Runs a worker process: closes the network, answers heartbeats, serves `handlers` to core, and stops in order.
 * When core goes away every call it made is cancelled; `onCoreDown` then drops what must not outlive it.
 */
export function runWorker<P extends Protocol>(
  handlers: Handlers<P>,
  onStop: () => Promise<void> = () => Promise.resolve(),
  onCoreDown: () => void = () => undefined,
): void {
  denyNetwork();
  const parent = connectParent();
  let serve = openChannel();
  function openChannel() {
    let receive: (message: unknown) => void = () => undefined;
    let close: (reason: string) => void = () => undefined;
    let open = true;
    const channel: Channel = {
      // A late answer to a core that is gone must not reach the next one, whose call ids start anew.
      post: (message) => void (open && parent.post({ type: 'core/message', message })),
      onMessage: (listener) => void (receive = listener),
      onClose: (listener) => void (close = listener),
    };
    serveCalls(channel, handlers, (error, method) => stderrLog.bug(method, error));
    return { receive: (message: unknown) => receive(message), close: (reason: string) => ((open = false), close(reason)) };
  }
  parent.onMessage((message) => {
    if (message.type === 'ping') parent.post({ type: 'pong' });
    else if (message.type === 'core/message') serve.receive(message.message);
    else if (message.type === 'core/down') {
      serve.close(message.reason);
      serve = openChannel();
      onCoreDown();
    } else if (message.type === 'stop') void onStop().finally(() => process.exit(0));
  });
  parent.post({ type: 'ready' });
}
