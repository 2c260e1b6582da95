import { expect, test } from 'vitest';
import type { CoreOptions } from '../core/core-options.ts';
import { childEnvironment } from './child-environment.ts';

const core: CoreOptions = { version: '1', host: 'desktop', vaultFolder: '/vault', ephemeral: false, resources: '/resources' };

test('a child gets a few names of the system, and core alone learns where the vault is', () => {
  const system = {
    PATH: '/bin',
    HOME: '/home/li',
    SECRET_TOKEN: 'x',
    NODE_OPTIONS: '--inspect',
    ELECTRON_RUN_AS_NODE: '1',
    HTTP_PROXY: 'http://x',
  };
  expect(childEnvironment('documents', core, system)).toEqual({ PATH: '/bin', HOME: '/home/li' });
  expect(childEnvironment('core', core, system)).toEqual({ PATH: '/bin', HOME: '/home/li', REDOUBT_CORE: JSON.stringify(core) });
});
