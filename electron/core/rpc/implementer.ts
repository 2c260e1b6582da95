import { implement } from '@orpc/server';
import { contract } from '../contract/index.ts';
import type { CallContext } from './context.ts';
import { guard } from './guard.ts';

/** Makes handlers: `os.<area>.<call>.handler(({ input, context, signal }) => …)`. The guard runs before each. */
export const os = implement(contract).$context<CallContext>().use(guard);
