import { generateKeyPairSync } from 'node:crypto';
import { expect, onTestFinished, test } from 'vitest';
import type { AuditLog } from '../../audit/audit-log.ts';
import { cosign } from '../../witness/cosignature.ts';
import { formatNoteKey, noteCosignature, noteKey } from '../../witness/note-key.ts';
import { finishedRun, openReports } from '../reports.fixture.ts';
import { exportReport } from '../signing/signing.fixture.ts';
import { verifyReport } from '../verify-report.ts';
import type { WitnessSource } from '../witness-statement.ts';
import { readCheckpoint, readWitnessKey } from './checkpoint.ts';

const run = finishedRun(1);
const at = Date.UTC(2026, 10, 20, 10) / 1000;
const keys = generateKeyPairSync('ed25519');
const witness = noteKey('witness.example', noteCosignature, keys.publicKey);

/** Reports of a vault whose log was cosigned at a size of three, and grew. */
async function reported(forge: (text: string) => string = (text) => text) {
  let source: WitnessSource | null = null;
  const witnesses = (audit: AuditLog): WitnessSource => {
    const { size, checkpoint } = audit.signedHead();
    const { line } = cosign(readCheckpoint(checkpoint)?.body ?? '', at, witness, keys.privateKey);
    const head = (now: number) => ({
      size,
      checkpoint: forge(`${checkpoint}${line}`),
      consistency: audit.consistency(size, now).map((hash) => Buffer.from(hash).toString('hex')),
    });
    source ??= { heads: { newest: head, cosigners: () => [{ name: witness.name }] }, summary: () => ({ last: { size, at: at * 1000 } }) };
    return source;
  };
  const vault = openReports(run, undefined, undefined, witnesses);
  onTestFinished(() => vault.close());
  return exportReport(vault, run);
}

test('a witness of a known key is checked and named; without its key the report says what is missing', async () => {
  const files = await reported();
  const known = await readWitnessKey(formatNoteKey(witness));
  if (!known) throw new Error('the key was not read');
  const told = await verifyReport(files, { witnesses: [known] });
  expect(told.verified).toBe(true);
  expect(told.proven.at(-1)).toContain('The witness witness.example saw the first 3 entries of this very log at 2026-11-20T10:00:00Z');
  expect(told.notProven.join('\n')).toMatch(/beside the \d+ entries after those/);
  const untold = await verifyReport(files);
  expect(untold.verified).toBe(true);
  expect(untold.notProven.join('\n')).toContain('cosignatures by witness.example');
  expect(Buffer.from(files.get('VERIFY.txt') ?? []).toString()).toContain('witness.example');

  // Another key under the same name is another witness.
  const other = noteKey(witness.name, noteCosignature, generateKeyPairSync('ed25519').publicKey);
  const mistaken = await readWitnessKey(formatNoteKey(other));
  const wrong = await verifyReport(files, { witnesses: mistaken ? [mistaken] : [] });
  expect(wrong.proven.join('\n')).not.toContain('witness');
  expect(await readWitnessKey(formatNoteKey(witness).replace(/.$/, 'A'))).toBeNull();
});

test('a cosignature that does not fit, and a head that the log does not contain, are found', async () => {
  const known = await readWitnessKey(formatNoteKey(witness));
  const broken = await reported((text) =>
    text.replace(
      /witness\.example ([A-Za-z0-9+/]{30})(.)/,
      (_, before: string, sign: string) => `witness.example ${before}${sign === 'A' ? 'B' : 'A'}`,
    ),
  );
  const found = await verifyReport(broken, { witnesses: known ? [known] : [] });
  expect(found.checks.filter(({ ok }) => !ok)).toMatchObject([
    { file: 'report.json', message: expect.stringContaining('does not fit the key') },
  ]);
  const other = await reported((text) => text.replace(/\n3\n/, '\n2\n'));
  expect((await verifyReport(other)).checks.filter(({ ok }) => !ok)).toMatchObject([
    { message: expect.stringContaining('does not contain the 3 entries') },
  ]);
});
