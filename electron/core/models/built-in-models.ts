import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { bytesSource } from './byte-cursor.ts';
import { readGgufHeader } from './gguf-header.ts';
import type { ModelRecord } from './model-record.ts';

export const demonstrationId = 'redoubt-demonstration';

/** The models in `resources/models`; none where the application was packed without them. */
export async function builtInModels(resources: string): Promise<readonly ModelRecord[]> {
  const path = join(resources, 'models', 'redoubt-demonstration.gguf');
  const bytes = await readFile(path).catch(() => null);
  if (!bytes) return [];
  const { mtimeMs } = await stat(path);
  const { header, cacheBytesPerToken } = await readGgufHeader(bytesSource(bytes));
  return [
    {
      id: demonstrationId,
      displayName: 'Redoubt demonstration',
      sha256: createHash('sha256').update(bytes).digest('hex'),
      storage: 'built-in',
      path,
      modifiedMs: Math.trunc(mtimeMs),
      label: 'demonstration',
      header,
      cacheBytesPerToken,
      importedAt: Math.trunc(mtimeMs),
    },
  ];
}
