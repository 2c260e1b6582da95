import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { SiemFormat } from '../../contract/audit-records.ts';
import { cefLine } from './formats/cef.ts';
import { ecsLine } from './formats/ecs.ts';
import type { EventSource, LogEvent, WriteLine } from './formats/event.ts';
import { syslogLine } from './formats/syslog.ts';

const formats: Record<SiemFormat, { line: WriteLine; ending: string }> = {
  ecs: { line: ecsLine, ending: 'ndjson' },
  cef: { line: cefLine, ending: 'cef' },
  syslog: { line: syslogLine, ending: 'log' },
};

/** A written file; the entries `first` to `last` are in it, but for those whose text was pruned. */
export type ExportFile = {
  readonly name: string;
  readonly first: number;
  readonly last: number;
  readonly bytes: number;
  readonly sha256: string;
};
export type FileProblem = 'missing' | 'altered';

/** Lines written before others get their turn. */
const batch = 200;

/**
 * Writes entries to one file whose name tells the range, so that a gap shows in the folder already. It appears under its
 * name once it is whole and on the disk, and replaces nothing but its own content.
 * @throws what the file system says
 */
export async function writeExportFile(
  folder: string,
  format: SiemFormat,
  source: EventSource,
  { events, first, last }: { events: Iterable<LogEvent>; first: number; last: number },
): Promise<ExportFile> {
  const { line, ending } = formats[format];
  const range = `${source.origin.replaceAll(/[^A-Za-z0-9-]/g, '-')}-${padded(first)}-${padded(last)}`;
  const partial = join(folder, `.${range}.${ending}.part`);
  const hash = createHash('sha256');
  let bytes = 0;
  // What a crash left, or somebody laid there: it is never written through.
  await rm(partial, { force: true });
  const file = await open(partial, 'wx', 0o640);
  try {
    let lines = '';
    let count = 0;
    const flush = async () => {
      const chunk = Buffer.from(lines);
      lines = '';
      hash.update(chunk);
      bytes += chunk.length;
      await file.writeFile(chunk);
      await nextTurn();
    };
    for (const event of events) {
      lines += `${line(event, source)}\n`;
      count += 1;
      if (count % batch === 0) await flush();
    }
    await flush();
    await file.sync();
  } catch (error) {
    await file.close();
    await rm(partial, { force: true });
    throw error;
  }
  await file.close();
  const sha256 = hash.digest('hex');
  const name = await freeName(folder, range, ending, { bytes, sha256 });
  await rename(partial, join(folder, name));
  return { name, first, last, bytes, sha256 };
}

/** A file of other content under the same name, which a vault that was put back has written before, stays: it is evidence. */
async function freeName(folder: string, range: string, ending: string, content: { bytes: number; sha256: string }): Promise<string> {
  for (let copy = 1; ; copy += 1) {
    const name = copy === 1 ? `${range}.${ending}` : `${range}-${copy}.${ending}`;
    if ((await problemOf(folder, { name, ...content })) !== 'altered') return name;
  }
}

/** What is wrong with a file that was written, or null. */
export async function problemOf(
  folder: string,
  { name, bytes, sha256 }: Pick<ExportFile, 'name' | 'bytes' | 'sha256'>,
): Promise<FileProblem | null> {
  const path = join(folder, name);
  try {
    const { size } = await stat(path);
    if (size !== bytes) return 'altered';
    const hash = createHash('sha256');
    for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer);
    return hash.digest('hex') === sha256 ? null : 'altered';
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return 'missing';
    throw error;
  }
}

function padded(sequence: number): string {
  return String(sequence).padStart(10, '0');
}
