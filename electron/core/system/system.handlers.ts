import { os } from '../rpc/implementer.ts';

export const systemHandlers = {
  info: os.system.info.handler(({ context }) => ({
    version: context.core.options.version,
    host: context.core.options.host,
    platform: `${process.platform}-${process.arch}`,
    node: process.versions.node,
    paths: context.connection.paths,
  })),
};
