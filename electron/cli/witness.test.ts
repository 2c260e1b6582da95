import { cpSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../core/testing/folder.ts';
import { cheapVault, redoubt as run } from './cli.fixture.ts';

/** The command line with a vault, the marks outside it, and media, all in one folder. */
async function machine() {
  const around = temporaryFolder();
  const place = (name: string) => join(around, name);
  const state = place('state');
  const env = { REDOUBT_PASSWORD: 'correct horse battery staple', XDG_STATE_HOME: state, LOCALAPPDATA: state, HOME: state };
  await cheapVault(place('vault'), env.REDOUBT_PASSWORD, env);
  const redoubt = (...args: string[]) => run(args, env);
  const vault = (...args: string[]) => redoubt(...args, '--vault', place('vault'));
  const kept = ['vault', 'state'];
  return {
    place,
    redoubt,
    vault,
    /** Copies the vault, database and all marks: its own and those outside. */
    keep: (name: string) => kept.forEach((each) => cpSync(place(each), place(`${name}-${each}`), { recursive: true })),
    putBack: (name: string) =>
      kept.forEach((each) => {
        rmSync(place(each), { recursive: true });
        cpSync(place(`${name}-${each}`), place(each), { recursive: true });
      }),
  };
}

const refused = (code: string) => ({ status: 1, json: { error: { code } } });

test(
  'a vault put back with its anchor is refused by the witness and named, and so is one that grew otherwise',
  { timeout: 600_000 },
  async () => {
    const { place, redoubt, vault, keep, putBack } = await machine();
    const media = place('stick');
    expect(await redoubt('witness', 'init', '--folder', media, '--name', 'safe-1')).toMatchObject({ status: 0, json: { name: 'safe-1' } });
    expect(await vault('audit', 'verify')).toMatchObject({ status: 0, json: { witnesses: { count: 0, last: null } } });
    const first = { name: 'safe-1', folder: media, alarm: null };
    expect(await vault('witness', 'cosign', '--folder', media)).toMatchObject({ status: 0, json: first });
    keep('older');
    expect(await vault('cases', 'create', 'Grown')).toMatchObject({ status: 0 });
    expect(await vault('witness', 'cosign', '--folder', media)).toMatchObject({ status: 0 });
    expect(await vault('witness', 'check', '--folder', media)).toMatchObject({ status: 0, json: { verdict: 'consistent' } });
    keep('newer');

    // Database and both anchors put back: it opens as if nothing were wrong, and only the witness can tell.
    putBack('older');
    expect(await vault('witness', 'cosign', '--folder', media)).toMatchObject(refused('witness/older'));
    const alarms = [{ name: 'safe-1', verdict: 'older' }];
    expect(await vault('audit', 'verify')).toMatchObject({ status: 0, json: { ok: true, witnesses: { alarms } } });
    // Meanwhile it has grown past what the witness saw, by other entries: every start of a command leaves some.
    expect(await vault('witness', 'cosign', '--folder', media)).toMatchObject(refused('witness/forked'));
    putBack('newer');
    expect(await vault('witness', 'cosign', '--folder', media)).toMatchObject({ status: 0, json: { alarm: null } });
  },
);

test(
  'a witness on a second machine: request there, answer back, and a replayed vault learns from the refusal',
  { timeout: 600_000 },
  async () => {
    const { place, redoubt, vault, keep, putBack } = await machine();
    const [media, request, answer] = ['second-machine', 'request.json', 'answer.json'].map(place) as [string, string, string];
    await redoubt('witness', 'init', '--folder', media, '--name', 'notary');
    expect(await vault('witness', 'request', '--out', request)).toMatchObject({ status: 0 });
    expect(await redoubt('witness', 'cosign', '--folder', media, '--request', request, '--out', answer)).toMatchObject({ status: 0 });
    expect(await vault('witness', 'accept', answer)).toMatchObject(refused('witness/untrusted'));
    expect(await vault('witness', 'accept', answer, '--trust')).toMatchObject({ status: 0, json: { name: 'notary', folder: null } });
    keep('older');
    expect(await vault('witness', 'request', '--out', request, '--witness', 'notary')).toMatchObject({ status: 0 });
    const used = readFileSync(request, 'utf8');
    expect(await redoubt('witness', 'cosign', '--folder', media, '--request', request, '--out', answer)).toMatchObject({ status: 0 });
    expect(await vault('witness', 'accept', answer)).toMatchObject({ status: 0, json: { name: 'notary' } });
    // The same request again.
    expect(await redoubt('witness', 'cosign', '--folder', media, '--request', request)).toMatchObject(refused('witness/not-from-here'));
    writeFileSync(request, used.replace('redoubt-witness-request/1', 'redoubt-witness-request/9'));
    expect(await redoubt('witness', 'cosign', '--folder', media, '--request', request)).toMatchObject(refused('witness/bad-request'));

    putBack('older');
    rmSync(answer);
    expect(await vault('witness', 'request', '--out', request, '--witness', 'notary')).toMatchObject({ status: 0 });
    const { json } = await redoubt('witness', 'cosign', '--folder', media, '--request', request, '--out', answer);
    expect(['witness/older', 'witness/forked', 'witness/not-from-here']).toContain((json as { error: { code: string } }).error.code);
    // What the witness has seen comes back all the same, and shows the vault that it was put back.
    expect(existsSync(answer)).toBe(true);
    const { status, json: taken } = await vault('witness', 'accept', answer);
    expect(status).toBe(1);
    expect(['witness/older', 'witness/forked']).toContain((taken as { error: { code: string } }).error.code);
  },
);
