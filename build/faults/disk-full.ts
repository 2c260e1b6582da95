import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TriedApplication } from './application.ts';
import type { Suite, SuiteContext } from './suite.ts';
import { importFiles, writeTextFile } from './workload.ts';

/** What an empty vault with its samples takes, MB; the round's number comes on top. */
const emptyVaultMb = 1;
const mb = 1024 * 1024;

/**
 * Round N works on a file system with N MB more than an empty vault takes, fills it, and goes on. Then: each refusal is
 * a clear error, nothing is half there, reading, deleting, locking and unlocking work, and with space again all goes on.
 */
export const diskFullSuite: Suite = {
  defaultRounds: 8,
  async run(context) {
    for (let round = 0; round < context.rounds; round += 1) {
      const folder = mkdtempSync(join(tmpdir(), 'redoubt-disk-'));
      const disk = join(folder, 'disk');
      mkdirSync(disk);
      execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${(emptyVaultMb + round) * mb}`, 'tmpfs', disk]);
      try {
        await fillAndRecover(context, folder, disk);
      } catch (error) {
        context.fail(round, error instanceof Error ? error.message : String(error));
      } finally {
        execFileSync('umount', ['-l', disk]);
        rmSync(folder, { recursive: true, force: true });
      }
      if ((round + 1) % 8 === 0) context.progress(`${round + 1} of ${context.rounds} rounds`);
    }
  },
};

/** True where this user may mount a file system of its own. */
export function canMount(): boolean {
  const folder = mkdtempSync(join(tmpdir(), 'redoubt-mount-'));
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', folder], { stdio: 'ignore' });
    execFileSync('umount', [folder], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const expected = new Set(['vault/disk-full', 'vault/quota-reached']);

async function refused(act: () => Promise<unknown>): Promise<boolean> {
  try {
    await act();
    return false;
  } catch (error) {
    const code = (error as { code?: string }).code ?? '';
    if (!expected.has(code)) throw new Error(`instead of a full disk it said: ${code} ${(error as Error).message}`, { cause: error });
    return true;
  }
}

async function fillAndRecover(context: SuiteContext, folder: string, disk: string): Promise<void> {
  const app = new TriedApplication(join(disk, 'vault'));
  const grow = () => execFileSync('mount', ['-o', `remount,size=${512 * mb}`, disk]);
  await app.start();
  try {
    await fillDisk(context, app, folder, grow);
  } catch (error) {
    throw new Error(`${error instanceof Error ? error.message : String(error)}${app.log}`, { cause: error });
  } finally {
    await app.stop();
  }
}

/** Names the step in what it throws. */
async function step<T>(name: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const { code = '', message } = error as { code?: string; message: string };
    throw new Error(`${name}: ${code} ${message}`, { cause: error });
  }
}

async function fillDisk({ random, count }: SuiteContext, app: TriedApplication, folder: string, grow: () => void): Promise<void> {
  if (await refused(() => app.create())) {
    count('refused to create');
    if ((await app.client.vault.status()).state !== 'absent') throw new Error('a refused vault is half there');
    grow();
    await app.create();
    return;
  }
  const acknowledged: string[] = [];
  const add = async (bytes: number) => {
    acknowledged.push(...(await importFiles(app.client, [writeTextFile(join(folder, 'files'), random, bytes)])));
  };
  let tries = 0;
  while (!(await refused(() => add(random.pick([20_000, 300_000, 2_000_000])))) && tries < 400) tries += 1;
  if (tries === 400) throw new Error('the disk did not fill');
  count('imports before the disk was full', acknowledged.length);
  await expectAll(app, acknowledged);

  await step('lock', () => app.client.vault.lock());
  await app.host.application.coreReady();
  await step('unlock', () => reopen(app));
  await expectAll(app, acknowledged);

  const [first] = acknowledged;
  if (first) {
    await step('remove', () => app.client.documents.remove({ ids: [first] }));
    acknowledged.shift();
    await expectAll(app, acknowledged);
    count('deleted on a full disk');
  }
  grow();
  await step('import with room', () => add(300_000));
  await expectAll(app, acknowledged);
  const verification = await app.client.audit.verify();
  if (!verification.ok) throw new Error('the audit log does not verify');
}

async function reopen(app: TriedApplication): Promise<void> {
  await app.stop();
  await app.start();
  await app.unlock();
}

/** Every acknowledged document is there with its text's place in the vault, no other is, and each has its audit leaf. */
async function expectAll(app: TriedApplication, acknowledged: readonly string[]): Promise<void> {
  const { documents } = await app.client.documents.list({ limit: 500 });
  const there = new Set(documents.map(({ id }) => id));
  for (const id of acknowledged) if (!there.has(id)) throw new Error(`document ${id} was acknowledged and is gone`);
  if (there.size !== acknowledged.length) throw new Error(`${there.size} documents are there, ${acknowledged.length} were acknowledged`);
  await app.client.audit.list({ limit: 1 });
}
