import { z } from 'zod';
import { query } from './base.ts';

export const systemInfo = z.object({
  version: z.string(),
  host: z.enum(['desktop', 'local', 'cli']),
  platform: z.string(),
  node: z.string(),
  /** True where the page may name files by path (desktop window, command line). */
  paths: z.boolean(),
});

export const systemContract = {
  info: query('public').output(systemInfo),
};
