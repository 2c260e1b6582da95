import { contract } from '../../contract/index.ts';
import { found, type Check } from '../finding.ts';

/** GB/T 22239 8.1.4.4 d): whatever a call is given is checked before anything is done with it. */
export const inputChecked: Check = () => {
  const calls = Object.values(contract).flatMap((area) => Object.values(area as Record<string, { '~orpc': { inputSchema?: unknown } }>));
  const checked = calls.filter((call) => call['~orpc'].inputSchema !== undefined).length;
  return found(checked > 0, { fact: 'validation', values: { calls: checked, unchecked: calls.length - checked } });
};
