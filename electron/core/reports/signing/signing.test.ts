import { execFileSync, spawnSync } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { temporaryFolder } from '../../testing/folder.ts';
import { newSoftToken, softhsmMissing } from '../../testing/softhsm.ts';
import { Tokens } from '../../vault/factors/token/tokens.ts';
import type { ReportFiles } from '../report-files.ts';
import { finishedRun, openReports } from '../reports.fixture.ts';
import { verifyReport } from '../verify-report.ts';
import { verifyCommands, type VerifyOptions } from '../verify-text.ts';
import { exportReport, newAuthority } from './signing.fixture.ts';

const run = finishedRun(2);
const plain: VerifyOptions = { at: null, timeStamp: false, sm2: false, witnesses: [] };
const tools = ['openssl', 'pdfsig', 'sha256sum', 'cksum'].every((tool) => spawnSync(tool, ['--help']).error === undefined);
const expected =
  /Verified Successfully|: OK|CAdES Verification successful|Signature is Valid|sha256 Fingerprint=|Verification: OK|Status: Granted/;

function open(tokens?: Tokens) {
  const vault = openReports(run, undefined, tokens);
  onTestFinished(() => vault.close());
  return vault;
}

/** Lays the files down and runs the commands of their VERIFY.txt as they stand there, then again with each file changed. */
function runCommands(files: ReportFiles, commands: readonly string[]): void {
  const folder = join(temporaryFolder(), 'report');
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  mkdirSync(folder);
  const text = Buffer.from(files.get('VERIFY.txt') ?? []).toString();
  const lay = (name: string, bytes: Uint8Array) => writeFileSync(join(folder, name), bytes);
  const succeeds = (command: string) => {
    const { status, stdout, stderr } = spawnSync('sh', ['-c', command], { cwd: folder, encoding: 'utf8' });
    const invalid = command.startsWith('pdfsig') && !/Signature is Valid[\s\S]*/.test(stdout);
    return { ok: status === 0 && !invalid, output: stdout + stderr };
  };
  for (const [name, bytes] of files) lay(name, bytes);
  for (const command of commands) {
    expect(text).toContain(`   ${command}\n`);
    const { ok, output } = succeeds(command);
    expect(output, command).toMatch(expected);
    expect(ok, `${command}\n${output}`).toBe(true);
    if (command.startsWith('pdfsig')) expect(output).toContain('Total document signed');
  }
  for (const [name, bytes] of files) {
    const at = Math.floor(bytes.length / 2);
    lay(name, bytes.with(at, (bytes[at] ?? 0) ^ 1));
    expect(commands.filter((command) => !succeeds(command).ok).length, name).toBeGreaterThan(0);
    lay(name, bytes);
  }
}

async function accepted(files: ReportFiles): Promise<void> {
  const { verified, checks } = await verifyReport(files);
  expect(checks.filter(({ ok }) => !ok)).toEqual([]);
  expect(verified).toBe(true);
  expect(new Set(checks.map(({ file }) => file))).toEqual(new Set(files.keys()));
}

/** One byte of each file changed, at three places: the file is named. */
async function everyChangeIsNamed(files: ReportFiles, names: Iterable<string> = files.keys()): Promise<void> {
  for (const name of names) {
    const bytes = files.get(name) ?? new Uint8Array();
    for (const at of [0, Math.floor(bytes.length / 2), bytes.length - 1]) {
      const { checks } = await verifyReport(new Map([...files, [name, bytes.with(at, (bytes[at] ?? 0) ^ 1)]]));
      expect([...new Set(checks.filter(({ ok }) => !ok).map(({ file }) => file))], `${name} at ${at}`).toEqual([name]);
    }
    const without = new Map([...files].filter(([other]) => other !== name));
    expect((await verifyReport(without)).checks.filter(({ ok }) => !ok)).toMatchObject([{ file: name }]);
  }
}

test.skipIf(!tools)('an organisation’s authority certifies the vault’s key; reports then lead to its root', async () => {
  const vault = open();
  const authority = newAuthority(temporaryFolder());
  const subject = { commonName: 'Report signer', organisation: '示例机构', unit: 'Audit', country: 'cn' };
  const { pem } = await vault.signing.createRequest(vault.act('signing.create-request'), subject);
  const importing = (text: string) => vault.signing.importChain(vault.act('signing.import-chain'), text);
  await expect(importing('nothing')).rejects.toMatchObject({ code: 'signing/chain-unreadable' });
  await expect(importing(authority.root)).rejects.toMatchObject({ code: 'signing/chain-other-key' });
  await expect(importing(authority.issue(pem, { ca: true }))).rejects.toMatchObject({ code: 'signing/chain-broken' });
  const issued = authority.issue(pem);
  await expect(importing(issued.replace(authority.root, ''))).rejects.toMatchObject({ code: 'signing/chain-broken' });
  expect(await importing(issued)).toMatchObject({
    issuedBy: 'organisation',
    chain: [
      { subject: 'C=CN, O=示例机构, OU=Audit, CN=Report signer' },
      { subject: 'O=Example, CN=Example Issuing' },
      { subject: 'O=Example, CN=Example Root' },
    ],
  });

  const files = await exportReport(vault, run);
  expect(
    Buffer.from(files.get('root-ca.crt') ?? [])
      .toString()
      .trim(),
  ).toBe(authority.root.trim());
  await accepted(files);
  expect((await verifyReport(files)).notProven.join('\n')).toContain('has not withdrawn a certificate');
  const json = JSON.parse(Buffer.from(files.get('report.json') ?? []).toString()) as { id: string; createdAt: number };
  runCommands(files, verifyCommands({ ...plain, at: new Date(json.createdAt) }));
  await everyChangeIsNamed(files, ['chain.pem', 'root-ca.crt', 'report.json.p7s']);
  await vault.signing.removeChain(vault.act('signing.remove-chain'));
  // A former root of this vault's signers is still its own.
  expect(await vault.reports.verify({ id: json.id, language: 'en' })).toMatchObject({ verified: true });
  const later = await exportReport(vault, run);
  expect(later.has('chain.pem')).toBe(false);
  await accepted(later);
});

test.skipIf(!tools)('no report is made that would never verify: the authority’s certificate has run out', async () => {
  const vault = open();
  const authority = newAuthority(temporaryFolder());
  const { pem } = await vault.signing.createRequest(vault.act('signing.create-request'), { commonName: 'Signer' });
  await vault.signing.importChain(vault.act('signing.import-chain'), authority.issue(pem, { days: 5 }));
  vi.setSystemTime(Date.now() + 6 * 24 * 60 * 60 * 1000);
  onTestFinished(() => void vi.useRealTimers());
  await expect(exportReport(vault, run)).rejects.toMatchObject({ code: 'signing/not-valid-now' });
  await vault.signing.removeChain(vault.act('signing.remove-chain'));
  await accepted(await exportReport(vault, run));
});

test.skipIf(!tools)('time-stamps and SM2 stand beside the other signatures, in both languages', async () => {
  const vault = open();
  await vault.signing.setTimeStamp(vault.act('signing.set-time-stamp'), true);
  const state = await vault.signing.setSm2(vault.act('signing.set-sm2'), true);
  expect(state).toMatchObject({ timeStamp: true, sm2: true, timeStampAuthority: { notAfter: null }, sm2Certificate: { notAfter: null } });
  const files = await exportReport(vault, run, 'zh-CN');
  expect([...files.keys()]).toEqual(
    expect.arrayContaining(['report.json.p7s.tsr', 'time-stamp-ca.crt', 'sm2.crt', 'SM3SUMS', 'SM3SUMS.sig']),
  );
  await accepted(files);
  runCommands(files, verifyCommands({ ...plain, timeStamp: true, sm2: true }));
  await everyChangeIsNamed(files);
  const { notProven } = await verifyReport(files, { language: 'zh-CN' });
  expect(notProven.join('\n')).toContain('软件密钥');
});

test.skipIf(!tools || softhsmMissing()).each(['ec', 'rsa'] as const)(
  'a token signs with its %s key, for who gave the PIN',
  async (kind) => {
    const soft = newSoftToken();
    onTestFinished(() => rmSync(soft.folder, { recursive: true, force: true }));
    const keys = kind === 'ec' ? generateKeyPairSync('ec', { namedCurve: 'P-256' }) : generateKeyPairSync('rsa', { modulusLength: 2048 });
    const file = join(soft.folder, 'key.pem');
    writeFileSync(file, keys.privateKey.export({ format: 'pem', type: 'pkcs8' }));
    const importing = ['--import', file, '--token', soft.label, '--label', 'signer', '--id', 'a1', '--pin', soft.pin];
    execFileSync('softhsm2-util', importing, { stdio: 'pipe', env: { ...process.env, SOFTHSM2_CONF: soft.conf } });
    const tokens = new Tokens([soft.module]);
    const vault = open(tokens);
    const [{ serial } = { serial: '' }] = await tokens.list();
    const found = await vault.signing.tokenKeys(vault.act('signing.list-token-keys'), serial, soft.pin);
    expect(found).toEqual([
      { keyId: 'a1', label: 'signer', algorithm: kind === 'ec' ? 'ecdsa-p256' : 'rsa', bits: kind === 'ec' ? 256 : 2048 },
    ]);
    const use = { serial, pin: soft.pin, keyId: 'a1' };
    await expect(vault.signing.useToken(vault.act('signing.use-token'), { ...use, keyId: 'b2' })).rejects.toMatchObject({
      code: 'signing/no-such-key',
    });
    expect(await vault.signing.useToken(vault.act('signing.use-token'), use)).toMatchObject({
      signer: 'token',
      issuedBy: 'vault',
      token: { serial, unlockedUntil: expect.any(Number) },
    });
    const files = await exportReport(vault, run);
    await accepted(files);
    runCommands(files, verifyCommands(plain));

    // Somebody else’s PIN is not forgotten, one’s own is when one signs out.
    vault.signing.forgetPin('p2');
    await exportReport(vault, run);
    vault.signing.forgetPin('p1');
    await expect(exportReport(vault, run)).rejects.toMatchObject({ code: 'signing/pin-needed' });
    await vault.signing.unlockToken(vault.act('signing.unlock-token'), soft.pin);
    // A vault that was locked in between asks for the PIN again.
    vault.signing.close();
    await expect(exportReport(vault, run)).rejects.toMatchObject({ code: 'signing/pin-needed' });
    await expect(vault.signing.unlockToken(vault.act('signing.unlock-token'), '000000')).rejects.toMatchObject({ code: 'vault/wrong-pin' });
    await vault.signing.unlockToken(vault.act('signing.unlock-token'), soft.pin);

    const authority = newAuthority(temporaryFolder());
    const { pem } = await vault.signing.createRequest(vault.act('signing.create-request'), { commonName: 'Card of Ada' });
    await vault.signing.importChain(vault.act('signing.import-chain'), authority.issue(pem));
    await accepted(await exportReport(vault, run));
    expect(await vault.signing.useVaultKey(vault.act('signing.use-vault-key'))).toMatchObject({
      signer: 'vault',
      issuedBy: 'vault',
      token: null,
    });
    await accepted(await exportReport(vault, run));
  },
);
