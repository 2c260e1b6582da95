import { randomBytes } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { Blobs } from '../../../electron/core/vault/blobs.ts';
import { openDatabase } from '../../../electron/core/vault/database.ts';
import { releaseFile } from '../../../electron/core/vault/held-file.ts';
import { ringOf } from '../../../electron/core/vault/key-ring.ts';
import { BlobRotation } from '../../../electron/core/vault/rotation/blob-rotation.ts';
import { rekeyDatabase } from '../../../electron/core/vault/rotation/rekey.ts';
import { statistics } from '../statistics.ts';
import { secondsOf, secondsUntil } from './timed.ts';

const runs = 3;
const mib = 128;

/** How fast a new vault key gets into the database (nothing else answers meanwhile) and into the blobs (beside other work). */
export async function rotationFigures(folder: string): Promise<Record<string, unknown>> {
  mkdirSync(folder);
  const file = join(folder, 'rotation.db');
  const db = openDatabase(file, randomBytes(32), 'create');
  db.exec('CREATE TABLE bench (id INTEGER PRIMARY KEY, value BLOB NOT NULL) STRICT');
  const add = db.prepare('INSERT INTO bench (value) VALUES (?)');
  db.transaction(() => {
    for (let row = 0; row < mib * 256; row += 1) add.run(randomBytes(4_000));
  })();
  const blobs = new Blobs(join(folder, 'blobs'), ringOf(randomBytes(32)), randomBytes(32));
  for (let blob = 0; blob < mib; blob += 1) blobs.put(randomBytes(1024 * 1024));
  const [database, files]: [number[], number[]] = [[], []];
  for (let run = 0; run < runs; run += 1) {
    database.push(secondsOf(() => rekeyDatabase(db, randomBytes(32), () => undefined)));
    blobs.useEpoch(run + 2, randomBytes(32));
    files.push(await secondsUntil(() => new BlobRotation(blobs).run(new AbortController().signal, () => undefined)));
    blobs.forgetOlderEpochs();
  }
  db.close();
  releaseFile(file);
  const perGiB = (seconds: number[]) => statistics(seconds.map((each) => (each * 1024) / mib));
  return { mib, databaseSecondsPerGiB: perGiB(database), blobSecondsPerGiB: perGiB(files) };
}
