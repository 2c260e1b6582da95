import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { temporaryFolder } from '../core/testing/folder.ts';

const entry = join(import.meta.dirname, 'index.ts');
type Spoken = { status: number | null; json: Record<string, unknown>; stdout: string };

/** Runs the real command as a process of its own. */
function redoubt(args: readonly string[], options: { env?: Record<string, string>; prefix?: readonly string[] } = {}): Spoken {
  const [program, ...before] = options.prefix ? [...options.prefix, process.execPath] : [process.execPath];
  const { status, stdout } = spawnSync(program ?? '', [...before, entry, ...args, '--json'], {
    encoding: 'utf8',
    env: { ...process.env, ...options.env },
    maxBuffer: 1 << 28,
  });
  return { status, stdout, json: JSON.parse(stdout || 'null') as Record<string, unknown> };
}

/** A network namespace without a route, where this machine lets us make one. */
const unshare = ['unshare', '-n', '--'];
const canUnshare = process.platform === 'linux' && spawnSync('unshare', ['-n', '--', 'true']).status === 0;

describe('the main job on the samples', () => {
  test.skipIf(!canUnshare)('passes in a network namespace without a route', { timeout: 240_000 }, () => {
    const out = temporaryFolder();
    const { status, json } = redoubt(['demo', '--ephemeral', '--out', out], { prefix: unshare });
    expect(json).toMatchObject({
      documents: 4,
      runs: 4,
      maskedIdentifiers: 16,
      leaks: 0,
      verified: true,
      model: { label: 'demonstration' },
    });
    expect(status).toBe(0);
  });

  test('replaces no folder that is not a report', () => {
    const out = temporaryFolder();
    mkdirSync(join(out, 'report'));
    writeFileSync(join(out, 'report', 'thesis.txt'), 'years of work');
    expect(redoubt(['demo', '--ephemeral', '--out', out])).toMatchObject({ status: 1, json: { error: { code: 'cli/not-empty' } } });
    expect(readdirSync(join(out, 'report'))).toEqual(['thesis.txt']);
  });

  test('leaves a report that names every changed file, and a vault that holds no word of the samples', { timeout: 240_000 }, () => {
    const vault = join(temporaryFolder(), 'vault');
    const out = temporaryFolder();
    const env = { REDOUBT_PASSWORD: 'correct horse battery staple' };
    expect(redoubt(['vault', 'create', '--vault', vault], { env })).toMatchObject({ status: 0 });
    const { json, status } = redoubt(['demo', '--vault', vault, '--out', out], { env });
    expect(json).toMatchObject({ documents: 4, leaks: 0, verified: true });
    expect(status).toBe(0);
    expect(redoubt(['audit', 'verify', '--vault', vault], { env })).toMatchObject({ status: 0, json: { ok: true, problems: [] } });

    const report = join(out, 'report');
    expect(redoubt(['report', 'verify', report])).toMatchObject({ status: 0, json: { verified: true } });
    for (const name of ['VERIFY.txt', 'report.pdf', 'root-ca.crt']) {
      const copy = join(temporaryFolder(), 'report');
      cpSync(report, copy, { recursive: true });
      const bytes = readFileSync(join(copy, name));
      const at = Math.floor(bytes.length / 2);
      bytes[at] = (bytes[at] ?? 0) ^ 1;
      writeFileSync(join(copy, name), bytes);
      const { status: exit, stdout } = redoubt(['report', 'verify', copy]);
      expect(exit).toBe(1);
      expect(stdout).toContain(name);
    }

    const secrets = [
      'Mara Quill',
      'Fenwick',
      'Invoice',
      'INVOICE',
      'mara.quill',
      '910000190001010011',
      '沈一诺',
      '租赁',
      'Document intake',
      'invoice.pdf',
      env.REDOUBT_PASSWORD,
    ];
    const files = readdirSync(vault, { recursive: true, withFileTypes: true }).filter((each) => each.isFile());
    expect(files.length).toBeGreaterThan(8);
    for (const file of files) {
      const bytes = readFileSync(join(file.parentPath, file.name));
      for (const secret of secrets)
        expect(bytes.includes(Buffer.from(secret)) || bytes.includes(Buffer.from(secret, 'utf16le')), `${file.name}: ${secret}`).toBe(
          false,
        );
    }
  });
});

describe('the command', () => {
  test('answers wrong usage with 2 and failures with 1, as one JSON document', () => {
    expect(redoubt(['documents', 'fly'])).toMatchObject({ status: 2, json: { error: { code: 'cli/usage' } } });
    expect(redoubt(['documents', 'read'])).toMatchObject({ status: 2 });
    expect(redoubt(['documents', 'read', '--wings', 'x'])).toMatchObject({ status: 2 });
    expect(redoubt(['audit', 'verify', '--vault', temporaryFolder()], { env: { REDOUBT_PASSWORD: 'x' } })).toMatchObject({
      status: 1,
      json: { error: { code: 'vault/absent' } },
    });
  });
});
