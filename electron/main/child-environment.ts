import type { CoreOptions } from '../core/core-options.ts';
import type { ChildName } from '../core/supervision/messages.ts';

/** What a child needs of the system to start, to keep temporary files and to find its libraries; no more of it is passed on. */
const inherited = [
  'PATH',
  'HOME',
  'TMPDIR',
  'TEMP',
  'TMP',
  'SystemRoot',
  'LANG',
  'LC_ALL',
  'LD_LIBRARY_PATH',
  'CUDA_PATH',
  'CUDA_VISIBLE_DEVICES',
  'VK_ICD_FILENAMES',
  'SOFTHSM2_CONF',
  'REDOUBT_ENGINE',
];

/** The whole environment of a child process: a few names of the system's, and core's options for core alone. */
export function childEnvironment(name: ChildName, core: CoreOptions, system: NodeJS.ProcessEnv = process.env): Record<string, string> {
  const environment: Record<string, string> = {};
  for (const key of inherited) {
    const value = system[key];
    if (value !== undefined) environment[key] = value;
  }
  if (name === 'core') environment['REDOUBT_CORE'] = JSON.stringify(core);
  return environment;
}
