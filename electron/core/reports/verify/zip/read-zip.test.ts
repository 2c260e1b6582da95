import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { deflateRawSync } from 'node:zlib';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../../../testing/folder.ts';
import { concat, fromText, own, type Bytes } from '../bytes.ts';
import { ZipError, readZip } from './read-zip.ts';
import { writeZip } from './write-zip.ts';

const files = [
  { name: 'report.json', bytes: fromText('{"ok":true}'.repeat(200)) },
  { name: '核验.txt', bytes: fromText('检查') },
  { name: 'empty', bytes: own(new Uint8Array()) },
];
const wanted = new Map(files.map(({ name, bytes }) => [name, bytes]));
const problem = async (archive: Bytes) => {
  try {
    await readZip(archive);
    return null;
  } catch (error) {
    if (error instanceof ZipError) return error.problem;
    throw error;
  }
};

/** A stored archive with its entries packed, as other programs write it. */
function deflated(name: string, content: Bytes, size = content.length): Bytes {
  const packed = own(deflateRawSync(content));
  const archive = writeZip([{ name, bytes: packed }]);
  const plain = writeZip([{ name, bytes: content }]);
  const view = new DataView(archive.buffer);
  const directory = view.getUint32(archive.length - 6, true);
  const from = new DataView(plain.buffer);
  for (const [at, plainAt, skip] of [
    [0, 0, 0],
    [directory, from.getUint32(plain.length - 6, true), 2],
  ] as const) {
    view.setUint16(at + 8 + skip, 8, true);
    view.setUint32(at + 14 + skip, from.getUint32(plainAt + 14 + skip, true), true);
    view.setUint32(at + 22 + skip, size, true);
  }
  return archive;
}

test('what was written is read again; one folder around it is left out', async () => {
  expect(await readZip(writeZip(files))).toEqual(wanted);
  expect(await readZip(writeZip(files.map(({ name, bytes }) => ({ name: `report of a run/${name}`, bytes }))))).toEqual(wanted);
  expect(await readZip(concat(writeZip([])))).toEqual(new Map());
  const content = fromText('a report '.repeat(10_000));
  expect(await readZip(deflated('report.json', content))).toEqual(new Map([['report.json', content]]));
});

test.each([
  '../evil',
  '/etc/passwd',
  'a/../b',
  'a//b',
  './a',
  'a/b/c',
  String.raw`a\b`,
  'C:evil',
  'NUL\u0000',
  'bell\u0007',
  '‮gnp.exe',
  'a'.repeat(300),
])('the name %j is refused', async (name) => {
  expect(await problem(writeZip([{ name, bytes: fromText('x') }]))).toBe('bad-name');
});

test('names that are the same to some file systems are refused', async () => {
  for (const other of ['a.txt', 'A.TXT'])
    expect(
      await problem(
        writeZip([
          { name: 'a.txt', bytes: fromText('1') },
          { name: other, bytes: fromText('2') },
        ]),
      ),
    ).toBe('bad-name');
  expect(
    await problem(
      writeZip([
        { name: 'é', bytes: fromText('1') },
        { name: 'e\u0301', bytes: fromText('2') },
      ]),
    ),
  ).toBe('bad-name');
});

test('what unpacks to more than it says, or packs too well, is refused before it fills the memory', async () => {
  const zeros = own(new Uint8Array(64 * 1024 * 1024));
  expect(await problem(deflated('bomb', zeros))).toBe('too-much');
  expect(await problem(deflated('liar', zeros, 1000))).toBe('too-much');
  expect(await problem(deflated('short', fromText('abc'), 4))).toBe('damaged');
  expect(await problem(writeZip(Array.from({ length: 65 }, (_, index) => ({ name: `f${index}`, bytes: fromText('x') }))))).toBe('too-much');
});

test('encrypted, split, foreign and empty archives are refused', async () => {
  const archive = writeZip(files);
  const view = new DataView(archive.buffer);
  const directory = view.getUint32(archive.length - 6, true);
  view.setUint16(directory + 8, 0x0801, true);
  expect(await problem(archive)).toBe('unsupported');
  expect(await problem(fromText('%PDF-1.7 is no archive at all, but long enough to be looked at'))).toBe('no-zip');
  expect(await problem(own(new Uint8Array()))).toBe('no-zip');
});

/** The archive with bytes put before its entry and behind its end; its figures fit again. */
function padded(archive: Bytes, before: Bytes, comment: Bytes): Bytes {
  const copy = own(archive);
  const view = new DataView(copy.buffer);
  const directory = view.getUint32(copy.length - 6, true);
  view.setUint32(copy.length - 6, directory + before.length, true);
  view.setUint32(directory + 42, before.length, true);
  view.setUint16(copy.length - 2, comment.length, true);
  return concat(before, copy, comment);
}

test('nothing hides beside the files: programs that read on, or back from the end, would unpack something else', async () => {
  const good = writeZip([{ name: 'report.pdf', bytes: fromText('genuine') }]);
  const forged = writeZip([{ name: 'report.pdf', bytes: fromText('forged!') }]);
  const entry = own(forged.subarray(0, new DataView(forged.buffer).getUint32(forged.length - 6, true)));
  const nothing = own(new Uint8Array());
  expect(await problem(padded(good, nothing, nothing))).toBeNull();
  expect(await problem(padded(good, entry, nothing))).toBe('damaged');
  // Behind the file, before the directory.
  const at = entry.length;
  const behind = concat(own(good.subarray(0, at)), entry, own(good.subarray(at)));
  new DataView(behind.buffer).setUint32(behind.length - 6, at * 2, true);
  expect(await problem(behind)).toBe('damaged');
  // In a comment, whole.
  expect(await problem(padded(good, nothing, forged))).not.toBeNull();
  expect(await problem(padded(good, nothing, concat(forged, fromText('x'))))).toBe('unsupported');
  expect(await problem(padded(good, nothing, fromText('a comment')))).toBe('unsupported');
  // More entries in the directory than it says.
  const two = writeZip(['a', 'b'].map((name) => ({ name, bytes: fromText(name) })));
  const view = new DataView(two.buffer);
  for (const place of [14, 12]) view.setUint16(two.length - place, 1, true);
  expect(await problem(two)).toBe('damaged');
  // A local header that tells another size.
  const other = own(good);
  new DataView(other.buffer).setUint32(18, 3, true);
  expect(await problem(other)).toBe('damaged');
});

test.skipIf(spawnSync('zip', ['-v']).error !== undefined)('archives of Info-ZIP are read, also streamed ones', async () => {
  const folder = temporaryFolder();
  mkdirSync(join(folder, 'report'));
  writeFileSync(join(folder, 'report', 'report.json'), '{"a":1}'.repeat(100));
  execFileSync('zip', ['-q', '-r', 'plain.zip', 'report'], { cwd: folder });
  const streamed = execFileSync('sh', ['-c', 'zip -q -r - report | cat'], { cwd: folder });
  for (const archive of [readFileSync(join(folder, 'plain.zip')), streamed])
    expect(await readZip(own(archive))).toEqual(new Map([['report.json', fromText('{"a":1}'.repeat(100))]]));
});

test('however its bytes are changed, an archive is refused or gives the very same contents', async () => {
  const packed = deflated('report.json', fromText('{"a":1,"b":2}'.repeat(50)));
  for (const [archive, contents] of [
    [writeZip(files), files.map(({ bytes }) => bytes)],
    [packed, [fromText('{"a":1,"b":2}'.repeat(50))]],
  ] as const) {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.nat(archive.length - 1), fc.integer({ min: 1, max: 255 })), { minLength: 1, maxLength: 4 }),
        fc.option(fc.nat(archive.length)),
        async (changes, cut) => {
          const changed = own(archive);
          for (const [at, mask] of changes) changed[at] = (changed[at] ?? 0) ^ mask;
          try {
            const read = await readZip(own(changed.subarray(0, cut ?? changed.length)));
            for (const bytes of read.values()) expect(contents).toContainEqual(bytes);
          } catch (error) {
            expect(error).toBeInstanceOf(ZipError);
          }
        },
      ),
      { numRuns: 1500 },
    );
  }
});
