import { chromium } from '@playwright/test';
import { generateKeyPairSync } from 'node:crypto';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { signCheckpoint } from '../../electron/core/audit/checkpoint.ts';
import { leafText } from '../../electron/core/audit/leaf.ts';
import { inclusionProof, leafHash, nodeHash, rootOf, type Hash, type NodeReader } from '../../electron/core/audit/merkle.ts';
import { thisMachine } from '../../electron/core/audit/boot.ts';
import { sha256, writeReportFiles, type ReportFiles } from '../../electron/core/reports/report-files.ts';
import { reportJson, type ReportJson } from '../../electron/core/reports/report-json.ts';
import { makeKey, makeRoot } from '../../electron/core/reports/signing/report-identity.ts';
import { vaultSign } from '../../electron/core/reports/signing/report-signer.ts';
import { verifyReport } from '../../electron/core/reports/verify-report.ts';
import { own } from '../../electron/core/reports/verify/bytes.ts';
import { writeZip } from '../../electron/core/reports/verify/zip/write-zip.ts';
import { floorCost } from '../../electron/core/vault/kdf.ts';
import { connectClient } from '../../electron/local/client.ts';
import { Host } from '../../electron/local/host.ts';
import { quietFlags } from '../../electron/local/browser.ts';
import { buildVerifier, verifierFile } from '../verifier.ts';
import { sampleLeaf } from './audit/filled-log.ts';
import { statistics } from './statistics.ts';

/** As many proven audit entries as make an archive of 50 MB. */
const leaves = 27_000;
const rounds = 7;
const systemChromium = '/usr/bin/chromium';

/** How long the check of a 50 MB archive takes, in the page that an auditor opens and on the command line; ms, target 5,000. */
export async function verifierFigures(): Promise<Record<string, unknown>> {
  const folder = mkdtempSync(join(tmpdir(), 'redoubt-bench-verifier-'));
  try {
    const files = await largeReport(folder);
    const archive = join(folder, 'report.zip');
    const zip = writeZip([...files].map(([name, bytes]) => ({ name, bytes: own(bytes) })));
    writeFileSync(archive, zip);
    const node: number[] = [];
    for (let round = 0; round < rounds; round += 1) {
      const began = performance.now();
      const { verified } = await verifyReport(files);
      if (!verified) throw new Error('the report does not verify');
      node.push(performance.now() - began);
    }
    return { archiveBytes: zip.length, leaves, page: { ...(await inChromium(archive)), target: 5_000 }, node: statistics(node) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** From the choice of the file to the verdict on the screen. */
async function inChromium(archive: string): Promise<Record<string, unknown>> {
  await buildVerifier();
  const asRoot = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const browser = await chromium.launch({
    ...(existsSync(systemChromium) ? { executablePath: systemChromium } : {}),
    args: [...quietFlags, ...asRoot],
  });
  try {
    const samples: number[] = [];
    for (let round = 0; round < rounds; round += 1) {
      const page = await browser.newPage();
      await page.goto(pathToFileURL(verifierFile).href);
      const began = performance.now();
      await page.locator('input[type=file]').first().setInputFiles(archive);
      await page.locator('.verdict[data-tone=good]').waitFor({ timeout: 60_000 });
      samples.push(performance.now() - began);
      await page.close();
    }
    return statistics(samples);
  } finally {
    await browser.close();
  }
}

/** A real report, signed anew with a log whose entries it all proves. */
async function largeReport(folder: string): Promise<ReportFiles> {
  const host = new Host({ host: 'cli', vaultFolder: join(folder, 'vault'), kdfCost: floorCost, onLog: () => undefined });
  let text: string;
  try {
    await host.start();
    const { client } = connectClient(host);
    await client.vault.create({ userName: 'ada', displayName: 'Ada', password: 'correct horse battery' });
    const { id } = await client.attestations.create({ kind: 'access', language: 'en' });
    const { files } = await client.attestations.export({ id });
    text = Buffer.from(files.find(({ name }) => name === 'report.json')?.base64 ?? '', 'base64').toString();
  } finally {
    await host.stop();
  }
  const root = makeRoot('bench', Date.now());
  const key = makeKey(root, 'bench', Date.now());
  const signer = {
    algorithm: 'ecdsa-p256' as const,
    certificate: key.certificate,
    intermediates: [],
    root: root.certificate,
    sign: vaultSign(key.privateKey),
  };
  const log = newLog();
  const parts = { audit: log.audit, suite: 'ecdsa-p256-sha256', rootCertificateSha256: sha256(root.certificate) };
  const report = { ...reportJson.parse(JSON.parse(text)), ...parts } as ReportJson;
  const signing = { signer, suite: parts.suite, organisation: false, timeStamp: null, sm2: null };
  return writeReportFiles(report, signing, log.signer, fileURLToPath(new URL('../../resources', import.meta.url)));
}

function newLog() {
  const keys = generateKeyPairSync('ed25519');
  const origin = 'redoubt/bench';
  const texts = Array.from({ length: leaves }, (_, index) => leafText(index, sampleLeaf(index, Date.now()), thisMachine));
  const levels: Hash[][] = [texts.map((each) => leafHash(Buffer.from(each)))];
  for (let below = levels[0] ?? []; below.length > 1; below = levels.at(-1) ?? [])
    levels.push(
      Array.from({ length: Math.floor(below.length / 2) }, (_, index) => nodeHash(at(below, index * 2), at(below, index * 2 + 1))),
    );
  const read: NodeReader = (level, index) => at(levels[level] ?? [], index);
  const hex = (hash: Hash) => Buffer.from(hash).toString('hex');
  const checkpoint = signCheckpoint({ origin, size: leaves, root: rootOf(read, leaves) }, keys.privateKey);
  const audit: ReportJson['audit'] = {
    origin,
    checkpoint,
    publicKey: keys.publicKey.export({ format: 'pem', type: 'spki' }).toString(),
    leaves: texts.map((leaf, sequence) => ({
      sequence,
      leaf,
      leafHash: hex(read(0, sequence)),
      proof: inclusionProof(read, sequence, leaves).map(hex),
    })),
    witness: { cosigned: null, statement: 'none' },
  };
  return { audit, signer: { origin, ...keys } };
}

function at(hashes: readonly Hash[], index: number): Hash {
  const found = hashes[index];
  if (!found) throw new Error('no such node');
  return found;
}
