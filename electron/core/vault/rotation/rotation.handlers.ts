import { os } from '../../rpc/implementer.ts';

export const rotationHandlers = {
  rotation: os.keys.rotation.handler(({ context }) => context.workspace.rotation.state),
  rotate: os.keys.rotate.handler(({ context }) => context.workspace.rotation.begin(context.act)),
  watchRotation: os.keys.watchRotation.handler(({ context, signal }) => context.workspace.rotation.watch(signal)),
};
