import { spawnSync } from 'node:child_process';
import { cpSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import type { Json } from '../core/contract/base.ts';
import { temporaryFolder } from '../core/testing/folder.ts';

const entry = fileURLToPath(new URL('index.ts', import.meta.url));

test(
  'an older copy of the whole vault folder is refused with its figures, and opened only with --accept-older',
  { timeout: 240_000 },
  () => {
    const around = temporaryFolder();
    const [folder, old, state] = ['vault', 'old', 'state'].map((name) => join(around, name)) as [string, string, string];
    const redoubt = (...args: string[]): { status: number | null; json: Json } => {
      const { status, stdout } = spawnSync(process.execPath, [entry, ...args, '--vault', folder, '--json'], {
        encoding: 'utf8',
        env: { ...process.env, REDOUBT_PASSWORD: 'correct horse battery staple', XDG_STATE_HOME: state, LOCALAPPDATA: state, HOME: state },
      });
      return { status, json: JSON.parse(stdout || 'null') as Json };
    };
    expect(redoubt('vault', 'create')).toMatchObject({ status: 0 });
    expect(readdirSync(state, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.json'))).toHaveLength(1);
    cpSync(folder, old, { recursive: true });
    const places = ['vault', 'outside'].map((place) => ({ place, verdict: 'fresh' }));
    expect(redoubt('vault', 'anchor')).toMatchObject({ status: 0, json: { places } });
    rmSync(folder, { recursive: true });
    cpSync(old, folder, { recursive: true });
    const details = {
      verdict: 'older',
      place: 'outside',
      records: expect.any(Number) as number,
      recordsSeen: expect.any(Number) as number,
    };
    expect(redoubt('vault', 'anchor')).toMatchObject({ status: 1, json: { error: { code: 'vault/older-than-anchor', details } } });
    expect(redoubt('vault', 'anchor', '--accept-older')).toMatchObject({
      status: 0,
      json: { places: [{ verdict: 'fresh' }, { verdict: 'older' }] },
    });
    expect(redoubt('vault', 'anchor')).toMatchObject({ status: 0, json: { places } });
  },
);
