import type { Classification } from '../../electron/core/contract/index.ts';

/** From least to most secret, as in the contract; a test holds them together. */
export const classifications = ['public', 'internal', 'confidential', 'secret'] as const satisfies readonly Classification[];
