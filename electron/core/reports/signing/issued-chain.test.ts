import { execFileSync, spawnSync } from 'node:child_process';
import { createPublicKey } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../../testing/folder.ts';
import { readIssuedChain } from './issued-chain.ts';

const tools = spawnSync('openssl', ['version']).error === undefined;
const day = 24 * 60 * 60 * 1000;

/** Certificates by openssl: a chain of names, each with the extensions it is given, issued by the one before. */
function issue(certificates: readonly (readonly [name: string, extensions: string])[]): { pem: string; spki: Buffer; each: string[] } {
  const folder = temporaryFolder();
  const openssl = (...args: string[]) => execFileSync('openssl', args, { cwd: folder, stdio: 'pipe' });
  const each: string[] = [];
  for (const [index, [name, extensions]] of certificates.entries()) {
    const [file, above] = [`c${index}`, `c${index - 1}`];
    writeFileSync(join(folder, 'ext'), extensions);
    openssl(
      'req',
      '-newkey',
      'ec',
      '-pkeyopt',
      'ec_paramgen_curve:P-256',
      '-nodes',
      '-keyout',
      `${file}.key`,
      '-out',
      'csr',
      '-subj',
      `/CN=${name}`,
    );
    const signer = index === 0 ? ['-signkey', 'c0.key'] : ['-CA', `${above}.pem`, '-CAkey', `${above}.key`, '-CAcreateserial'];
    openssl('x509', '-req', '-in', 'csr', ...signer, '-days', '30', '-extfile', 'ext', '-out', `${file}.pem`);
    each.push(readFileSync(join(folder, `${file}.pem`), 'utf8'));
  }
  const spki = createPublicKey(each.at(-1) ?? '').export({ format: 'der', type: 'spki' });
  return { pem: each.join(''), spki, each };
}

const ca = 'basicConstraints=critical,CA:true\nkeyUsage=critical,keyCertSign\n';
const leaf = 'basicConstraints=critical,CA:false\nkeyUsage=critical,digitalSignature\n';
const broken = { code: 'signing/chain-broken' };

test.skipIf(!tools)('a path holds only over those who may issue, as far down as they may', async () => {
  const good = issue([
    ['Root', ca],
    ['Sub', ca],
    ['Signer', leaf],
  ]);
  const path = await readIssuedChain(good.pem, good.spki, Date.now());
  expect(path.map(({ subjectText }) => subjectText)).toEqual(['CN=Signer', 'CN=Sub', 'CN=Root']);
  // The same, whatever the line ends and the order.
  expect(await readIssuedChain(good.each.toReversed().join('').replaceAll('\n', '\r\n'), good.spki, Date.now())).toHaveLength(3);
  await expect(readIssuedChain(good.pem, good.spki, Date.now() + 31 * day)).rejects.toMatchObject({ code: 'signing/chain-not-valid-now' });
  await expect(readIssuedChain(good.pem, good.spki, Date.now() - day)).rejects.toMatchObject({ code: 'signing/chain-not-valid-now' });

  // Somebody who got a certificate for signing issues one for himself.
  const bySigner = issue([
    ['Root', ca],
    ['Signer', leaf],
    ['Forged', leaf],
  ]);
  await expect(readIssuedChain(bySigner.pem, bySigner.spki, Date.now())).rejects.toMatchObject(broken);
  const withoutRight = issue([
    ['Root', ca],
    ['Sub', 'basicConstraints=critical,CA:true\nkeyUsage=critical,digitalSignature\n'],
    ['Signer', leaf],
  ]);
  await expect(readIssuedChain(withoutRight.pem, withoutRight.spki, Date.now())).rejects.toMatchObject(broken);
  const tooDeep = issue([
    ['Root', 'basicConstraints=critical,CA:true,pathlen:0\n'],
    ['Sub', ca],
    ['Signer', leaf],
  ]);
  await expect(readIssuedChain(tooDeep.pem, tooDeep.spki, Date.now())).rejects.toMatchObject(broken);
  const strange = issue([
    ['Root', ca],
    ['Sub', `${ca}nameConstraints=critical,excluded;DNS:example\n`],
    ['Signer', leaf],
  ]);
  await expect(readIssuedChain(strange.pem, strange.spki, Date.now())).rejects.toMatchObject(broken);
  const noSigner = issue([
    ['Root', ca],
    ['Signer', 'basicConstraints=critical,CA:false\nkeyUsage=critical,keyEncipherment\n'],
  ]);
  await expect(readIssuedChain(noSigner.pem, noSigner.spki, Date.now())).rejects.toMatchObject(broken);

  // The organisation's authority certifies its servers, too.
  for (const [usage, accepted] of [
    ['serverAuth,clientAuth', false],
    ['codeSigning', false],
    ['timeStamping', false],
    ['emailProtection,clientAuth', true],
    ['1.3.6.1.5.5.7.3.36', true],
  ] as const) {
    const purposeful = issue([
      ['Root', ca],
      ['Signer', `${leaf}extendedKeyUsage=${usage}\n`],
    ]);
    const reading = readIssuedChain(purposeful.pem, purposeful.spki, Date.now());
    await (accepted
      ? expect(reading).resolves.toHaveLength(2)
      : expect(reading).rejects.toMatchObject({ code: 'signing/chain-other-purpose' }));
  }

  // A root of the same name that did not sign.
  const other = issue([['Root', ca]]);
  await expect(readIssuedChain([other.pem, ...good.each.slice(1)].join(''), good.spki, Date.now())).rejects.toMatchObject(broken);
});
