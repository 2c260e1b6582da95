import { os } from '../rpc/implementer.ts';

export const monitorHandlers = {
  history: os.monitor.history.handler(({ context }) => context.workspace.monitor.history()),
  watch: os.monitor.watch.handler(async function* ({ context, signal }) {
    yield* context.workspace.monitor.watch(signal);
  }),
};
