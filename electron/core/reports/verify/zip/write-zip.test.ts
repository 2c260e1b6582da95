import { execFileSync } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../../testing/folder.ts';
import { crc32 } from './crc32.ts';
import { writeZip } from './write-zip.ts';

const text = (content: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(content);

describe('a report archive', () => {
  it('has the checksum of the standard', () => {
    expect(crc32(text('123456789'))).toBe(0xcbf43926);
  });

  it('keeps every byte and name, with a directory that points at them', () => {
    const files = [
      { name: 'report.json', bytes: text('{"ok":true}') },
      { name: '核验/VERIFY.txt', bytes: text('检查') },
      { name: 'empty', bytes: new Uint8Array() },
    ];
    const bytes = Buffer.from(writeZip(files));
    const end = bytes.length - 22;
    expect([bytes.readUInt32LE(end), bytes.readUInt16LE(end + 10)]).toEqual([0x06054b50, 3]);
    let entry = bytes.readUInt32LE(end + 16);
    const read = files.map(() => {
      const nameLength = bytes.readUInt16LE(entry + 28);
      const size = bytes.readUInt32LE(entry + 20);
      const local = bytes.readUInt32LE(entry + 42);
      const name = bytes.toString('utf8', entry + 46, entry + 46 + nameLength);
      const start = local + 30 + bytes.readUInt16LE(local + 26);
      entry += 46 + nameLength;
      return { name, bytes: new Uint8Array(bytes.subarray(start, start + size)) };
    });
    expect(read).toEqual(files);
  });

  it.runIf(hasUnzip())('is accepted by unzip', () => {
    const folder = temporaryFolder();
    try {
      const path = join(folder, 'report.zip');
      writeFileSync(path, writeZip([{ name: 'a.txt', bytes: text('hello') }]));
      expect(execFileSync('unzip', ['-p', path, 'a.txt'], { encoding: 'utf8' })).toBe('hello');
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

function hasUnzip(): boolean {
  try {
    execFileSync('unzip', ['-v'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}
