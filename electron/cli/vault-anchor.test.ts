import { cpSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../core/testing/folder.ts';
import { cheapVault, redoubt as run } from './cli.fixture.ts';

test(
  'an older copy of the whole vault folder is refused with its figures, and opened only with --accept-older',
  { timeout: 240_000 },
  async () => {
    const around = temporaryFolder();
    const [folder, old, state] = ['vault', 'old', 'state'].map((name) => join(around, name)) as [string, string, string];
    const env = { REDOUBT_PASSWORD: 'correct horse battery staple', XDG_STATE_HOME: state, LOCALAPPDATA: state, HOME: state };
    const redoubt = (...args: string[]) => run([...args, '--vault', folder], env);
    await cheapVault(folder, env.REDOUBT_PASSWORD, env);
    expect(readdirSync(state, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.json'))).toHaveLength(1);
    cpSync(folder, old, { recursive: true });
    const places = ['vault', 'outside'].map((place) => ({ place, verdict: 'fresh' }));
    expect(await redoubt('vault', 'anchor')).toMatchObject({ status: 0, json: { places } });
    rmSync(folder, { recursive: true });
    cpSync(old, folder, { recursive: true });
    const details = {
      verdict: 'older',
      place: 'outside',
      records: expect.any(Number) as number,
      recordsSeen: expect.any(Number) as number,
    };
    expect(await redoubt('vault', 'anchor')).toMatchObject({ status: 1, json: { error: { code: 'vault/older-than-anchor', details } } });
    expect(await redoubt('vault', 'anchor', '--accept-older')).toMatchObject({
      status: 0,
      json: { places: [{ verdict: 'fresh' }, { verdict: 'older' }] },
    });
    expect(await redoubt('vault', 'anchor')).toMatchObject({ status: 0, json: { places } });
  },
);
