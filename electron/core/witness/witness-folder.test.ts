import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { once } from 'node:events';
import { mkdirSync, readFileSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { signCheckpoint } from '../audit/checkpoint.ts';
import { consistencyProof } from '../audit/consistency.ts';
import { leafHash, nodeHash, rootOf, type Hash } from '../audit/merkle.ts';
import { AppError } from '../errors.ts';
import { temporaryFolder } from '../testing/folder.ts';
import { formatAnswer, parseAnswer } from './answer.ts';
import { formatNoteKey, noteCosignature, noteKey, noteSignature, parseNoteKey } from './note-key.ts';
import { formatRequest, parseRequest, type WitnessRequest } from './request.ts';
import { WitnessFolder } from './witness-folder.ts';

const origin = 'redoubt/v1';

/** A log in memory: `fork` entries from `fork` on are others. */
function makeLog(keys = generateKeyPairSync('ed25519')) {
  const logKey = formatNoteKey(noteKey(origin, noteSignature, keys.publicKey));
  const reader = (fork: number) => {
    const read = (level: number, index: number): Hash =>
      level === 0
        ? leafHash(Buffer.from(`entry ${index}${index >= fork ? ' forged' : ''}`))
        : nodeHash(read(level - 1, index * 2), read(level - 1, index * 2 + 1));
    return read;
  };
  return {
    keys,
    request(old: number, size: number, fork = Number.POSITIVE_INFINITY): WitnessRequest {
      const read = reader(fork);
      const checkpoint = signCheckpoint({ origin, size, root: rootOf(read, size) }, keys.privateKey);
      return { logKey, old, proof: consistencyProof(read, old, size), checkpoint };
    },
  };
}
const code = (work: () => unknown): string => {
  try {
    work();
    return 'done';
  } catch (error) {
    return error instanceof AppError ? error.code : String(error);
  }
};

test('it cosigns what continues the last head, and nothing smaller, forked, replayed or under another key', () => {
  const folder = temporaryFolder();
  const log = makeLog();
  WitnessFolder.create(folder, 'safe-1');
  const ask = (request: WitnessRequest) => code(() => WitnessFolder.open(folder).cosign(origin, request));
  expect(ask(log.request(5, 7))).toBe('witness/not-from-here');
  expect(ask(log.request(0, 7))).toBe('done');
  expect(ask(log.request(7, 7))).toBe('done');
  expect(ask(log.request(7, 12))).toBe('done');
  expect(ask(log.request(7, 12))).toBe('witness/not-from-here');
  expect(ask(log.request(0, 20))).toBe('witness/not-from-here');
  expect(ask(log.request(7, 11))).toBe('witness/older');
  expect(ask(log.request(12, 12, 3))).toBe('witness/forked');
  expect(ask(log.request(12, 30, 3))).toBe('witness/forked');
  expect(ask({ ...log.request(12, 30), proof: [] })).toBe('witness/forked');
  expect(ask(makeLog().request(12, 30))).toBe('witness/other-log-key');
  const honest = log.request(12, 30);
  expect(ask({ ...honest, checkpoint: makeLog().request(12, 30).checkpoint })).toBe('audit/bad-checkpoint');
  expect(ask({ ...honest, checkpoint: honest.checkpoint.replace('\n30\n', '\n31\n') })).toBe('audit/bad-checkpoint');
  expect(WitnessFolder.open(folder).seen(origin)).toMatchObject({ size: 12, cosigned: 3 });
  expect(ask(honest)).toBe('done');
  expect(code(() => WitnessFolder.create(folder))).toBe('witness/exists');
});

test('a clock that was put back does not take back the time that was told', () => {
  const folder = temporaryFolder();
  const log = makeLog();
  const witness = WitnessFolder.create(folder);
  witness.cosign(origin, log.request(0, 3), 2_000_000_000_000);
  witness.cosign(origin, log.request(3, 4), 1_000_000_000_000);
  expect(witness.seen(origin)?.at).toBe(2_000_000_000);
});

test.skipIf(spawnSync('openssl', ['version']).error)('OpenSSL verifies a cosignature as C2SP tlog-cosignature v1 lays it down', () => {
  const folder = temporaryFolder();
  const witness = WitnessFolder.create(join(folder, 'w'), 'safe-1');
  const { checkpoint, cosignature } = witness.cosign(origin, makeLog().request(0, 9), 1_700_000_000_999);
  const bytes = Buffer.from(cosignature.split(' ')[2] ?? '', 'base64');
  expect([cosignature.startsWith('— safe-1 '), bytes.length, Number(bytes.readBigUInt64BE(4))]).toEqual([true, 76, 1_700_000_000]);
  const body = checkpoint.slice(0, checkpoint.indexOf('\n\n') + 1);
  const file = (name: string, content: string | Uint8Array) => {
    writeFileSync(join(folder, name), content);
    return join(folder, name);
  };
  const text = file('text', `cosignature/v1\ntime 1700000000\n${body}`);
  const key = file('key', witness.key.publicKey.export({ format: 'pem', type: 'spki' }));
  const verify = ['pkeyutl', '-verify', '-pubin', '-inkey', key, '-rawin', '-in', text, '-sigfile', file('sig', bytes.subarray(12))];
  expect(execFileSync('openssl', verify).toString()).toContain('Verified Successfully');
  file('text', `cosignature/v1\ntime 1700000001\n${body}`);
  expect(spawnSync('openssl', verify).status).toBe(1);
});

test('whatever stands in its files, it says so or cosigns as before', () => {
  const folder = temporaryFolder();
  const log = makeLog();
  WitnessFolder.create(folder).cosign(origin, log.request(0, 7));
  const [state] = ['json'].map((end) => join(folder, `log-${stateName(folder)}.${end}`)) as [string];
  const files = [join(folder, 'witness.json'), state];
  const whole = files.map((file) => readFileSync(file));
  const { cosigned: _, ...before } = WitnessFolder.open(folder).seen(origin) ?? { cosigned: 0 };
  const change = fc.oneof(
    fc.record({ at: fc.nat(), value: fc.integer({ min: 0, max: 255 }) }).map(({ at, value }) => (bytes: Buffer) => {
      const changed = Buffer.from(bytes);
      changed[at % changed.length] = value;
      return changed;
    }),
    fc.nat().map((at) => (bytes: Buffer) => bytes.subarray(0, at % bytes.length)),
    fc.json().map((text) => () => Buffer.from(text)),
    fc.uint8Array({ maxLength: 200 }).map((bytes) => () => Buffer.from(bytes)),
  );
  fc.assert(
    fc.property(fc.nat(1), change, (which, harm) => {
      const [file = '', bytes = Buffer.alloc(0)] = [files[which], whole[which]];
      writeFileSync(file, harm(bytes));
      let found = '';
      const outcome = code(() => {
        const { cosigned: _, ...after } = WitnessFolder.open(folder).seen(origin) ?? { cosigned: 0 };
        found = JSON.stringify(after);
      });
      writeFileSync(file, bytes);
      const harmless = outcome === 'done' && found.replace(/"firstAt":\d+/, '') === JSON.stringify(before).replace(/"firstAt":\d+/, '');
      expect(harmless || outcome === 'witness/damaged', `${outcome} ${found}`).toBe(true);
    }),
    { numRuns: 400 },
  );
  for (const make of [
    (path: string) => symlinkSync('/etc/hostname', path),
    (path: string) => mkdirSync(path),
    (path: string) => writeFileSync(path, Buffer.alloc(70_000, 'a')),
    (path: string) => execFileSync('mkfifo', [path]),
  ]) {
    const other = temporaryFolder();
    make(join(other, 'witness.json'));
    expect(code(() => WitnessFolder.open(other))).toBe('witness/damaged');
  }
  expect(code(() => WitnessFolder.open(join(folder, 'none')))).toBe('witness/not-a-witness');
  expect(code(() => WitnessFolder.create(join(folder, 'witness.json', 'below')))).toBe('witness/unreachable');
});

test('any bytes as a request or an answer are refused by name, and a whole one survives the journey', () => {
  const log = makeLog();
  const request = log.request(7, 70);
  const answer = WitnessFolder.create(temporaryFolder()).cosign(origin, log.request(0, 7));
  expect(parseRequest(formatRequest(request))).toMatchObject(request);
  expect(parseAnswer(formatAnswer(answer)).answer).toEqual(answer);
  const texts = [formatRequest(request), formatAnswer(answer)];
  const known = ['witness/bad-request', 'witness/bad-answer', 'done'];
  fc.assert(
    fc.property(fc.nat(1), fc.nat(), fc.string({ maxLength: 6 }), fc.nat(6), (which, at, insert, cut) => {
      const text = texts[which] ?? '';
      const place = at % text.length;
      const changed = text.slice(0, place) + insert + text.slice(place + cut);
      expect(known).toContain(code(() => (which === 0 ? parseRequest(changed) : parseAnswer(changed))));
    }),
    { numRuns: 400 },
  );
  for (const text of ['', '{}', 'null', '[]', '\0'.repeat(100), '{"format":"redoubt-witness-request/1"}']) {
    expect(code(() => parseRequest(text))).toBe('witness/bad-request');
    expect(code(() => parseAnswer(text))).toBe('witness/bad-answer');
  }
});

test('a key has one spelling', () => {
  const { publicKey } = generateKeyPairSync('ed25519');
  const text = formatNoteKey(noteKey('safe-1', noteCosignature, publicKey));
  expect(formatNoteKey(parseNoteKey(text, noteCosignature))).toBe(text);
  const bad = [text.replace('safe-1', 'safe-2'), `${text} `, text.slice(0, -1), text.replace(/\+\w{8}\+/, '+00000000+'), 'a+b', ''];
  for (const each of bad)
    expect(
      code(() => parseNoteKey(each, noteCosignature)),
      each,
    ).toBe('witness/bad-key');
  expect(code(() => parseNoteKey(text, noteSignature))).toBe('witness/bad-key');
});

test('two programs do not cosign at once, and one that died does not keep the next one out', () => {
  const folder = temporaryFolder();
  const log = makeLog();
  const witness = WitnessFolder.create(folder);
  const lock = join(folder, 'cosign.lock');
  const ask = () => code(() => witness.cosign(origin, log.request(witness.seen(origin)?.size ?? 0, (witness.seen(origin)?.size ?? 0) + 3)));
  writeFileSync(lock, '1');
  expect(ask()).toBe('witness/busy');
  utimesSync(lock, 1, 1);
  expect(ask()).toBe('done');
  writeFileSync(lock, `${process.ppid} ${hostname()}`);
  expect(ask()).toBe('witness/busy');
  const { pid } = spawnSync(process.execPath, ['-e', '']);
  // The last one: in a container a program often has the number that the one before it had.
  for (const dead of [pid, process.pid]) {
    writeFileSync(lock, `${dead} ${hostname()}`);
    expect(ask()).toBe('done');
  }
  // Killed before it could write its name.
  writeFileSync(lock, '');
  expect(ask()).toBe('done');
});

test('killed at any moment, it has kept every head whose cosignature it gave away, and goes on', { timeout: 120_000 }, async () => {
  const folder = temporaryFolder();
  const log = makeLog();
  WitnessFolder.create(folder);
  const requests = Array.from({ length: 300 }, (_, size) => log.request(size, size + 1));
  const file = join(folder, 'requests.json');
  writeFileSync(
    file,
    JSON.stringify(requests.map(({ proof, ...rest }) => ({ ...rest, proof: proof.map((hash) => Buffer.from(hash).toString('hex')) }))),
  );
  const script = `
    import { readFileSync, writeSync } from 'node:fs';
    import { WitnessFolder } from ${JSON.stringify(new URL('witness-folder.ts', import.meta.url).href)};
    const requests = JSON.parse(readFileSync(${JSON.stringify(file)}, 'utf8'));
    const witness = WitnessFolder.open(${JSON.stringify(folder)});
    for (let size = witness.seen(${JSON.stringify(origin)})?.size ?? 0; size < requests.length; size += 1) {
      const { proof, ...rest } = requests[size];
      witness.cosign(${JSON.stringify(origin)}, { ...rest, proof: proof.map((hash) => Buffer.from(hash, 'hex')) });
      writeSync(1, (size + 1) + '\\n');
    }`;
  let before = 0;
  for (let round = 0; round < 5; round += 1) {
    const child = spawn(process.execPath, ['--input-type=module', '-e', script], { stdio: ['ignore', 'pipe', 'inherit'] });
    let given = before;
    let heard = 0;
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      given = Number(text.trimEnd().split('\n').at(-1));
      heard += text.trimEnd().split('\n').length;
      if (heard >= 1 + round * 4) child.kill('SIGKILL');
    });
    await once(child, 'close');
    const seen = WitnessFolder.open(folder).seen(origin);
    expect(seen?.size).toBeGreaterThanOrEqual(given);
    expect(given).toBeGreaterThan(before);
    before = given;
  }
  const size = WitnessFolder.open(folder).seen(origin)?.size ?? 0;
  expect(code(() => WitnessFolder.open(folder).cosign(origin, log.request(size, size + 9)))).toBe('done');
});

function stateName(folder: string): string {
  return (
    execFileSync('ls', [folder])
      .toString()
      .split('\n')
      .flatMap((name) => /^log-(\w+)\.json$/.exec(name)?.[1] ?? [])[0] ?? ''
  );
}
