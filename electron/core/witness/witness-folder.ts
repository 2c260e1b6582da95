import { createHash, createPrivateKey, createPublicKey, generateKeyPairSync, randomBytes, type KeyObject } from 'node:crypto';
import { z } from 'zod';
import { AppError } from '../errors.ts';
import { witnessName } from '../contract/witness.ts';
import { openAnswer, requireSigned, type WitnessAnswer } from './answer.ts';
import { cosign } from './cosignature.ts';
import { damagedFile, FolderFiles } from './folder-files.ts';
import { judge, type SeenHead } from './judge.ts';
import { formatNoteKey, noteCosignature, noteKey, parseNoteKey, type NoteKey } from './note-key.ts';
import type { WitnessRequest } from './request.ts';

const witnessFile = 'witness.json';
const witnessForm = z.strictObject({
  format: z.literal('redoubt-witness/1'),
  name: witnessName,
  key: z.string(),
  privateKey: z.string(),
  createdAt: z.number().int(),
});
const logForm = z.strictObject({
  format: z.literal('redoubt-witness-log/1'),
  logKey: z.string(),
  checkpoint: z.string(),
  cosignature: z.string(),
  /** Seconds since the epoch. */
  firstAt: z.number().int(),
  cosigned: z.number().int(),
});

/** The newest head of a log that this witness has cosigned. */
export type Seen = SeenHead & {
  readonly checkpoint: string;
  readonly cosignature: string;
  readonly firstAt: number;
  readonly cosigned: number;
};

/**
 * A witness: a folder on removable media or on a second machine, with a key of its own and the newest head of every log
 * it was shown. It cosigns only heads that continue those, and has written down what it cosigns before it answers.
 */
export class WitnessFolder {
  readonly #files: FolderFiles;
  readonly #privateKey: KeyObject;
  /** Under which it cosigns. */
  readonly key: NoteKey;

  private constructor(files: FolderFiles, key: NoteKey, privateKey: KeyObject) {
    this.#files = files;
    this.key = key;
    this.#privateKey = privateKey;
  }

  /** @throws AppError `witness/exists` where there is one, `witness/unreachable` */
  static create(folder: string, name: string | null = null, now = Date.now()): WitnessFolder {
    const files = new FolderFiles(folder);
    files.make();
    if (files.read(witnessFile) !== null)
      throw new AppError('witness/exists', 'This folder is a witness already. It was left as it is. Use it, or name another folder.');
    const { privateKey, publicKey } = generateKeyPairSync('ed25519');
    const key = noteKey(name ?? `witness-${randomBytes(4).toString('hex')}`, noteCosignature, publicKey);
    const content: z.infer<typeof witnessForm> = {
      format: 'redoubt-witness/1',
      name: key.name,
      key: formatNoteKey(key),
      privateKey: privateKey.export({ format: 'pem', type: 'pkcs8' }).toString(),
      createdAt: now,
    };
    files.write(witnessFile, `${JSON.stringify(content, null, 2)}\n`);
    return new WitnessFolder(files, key, privateKey);
  }

  /** @throws AppError `witness/not-a-witness`, `witness/damaged`, `witness/unreachable` */
  static open(folder: string): WitnessFolder {
    const files = new FolderFiles(folder);
    const text = files.read(witnessFile);
    if (text === null)
      throw new AppError(
        'witness/not-a-witness',
        'There is no witness in this folder. Put the right medium in, or make one with: redoubt witness init --folder DIR',
      );
    try {
      const content = witnessForm.parse(JSON.parse(text));
      const key = parseNoteKey(content.key, noteCosignature);
      const privateKey = createPrivateKey(content.privateKey);
      if (key.name !== content.name || !createPublicKey(privateKey).equals(key.publicKey)) throw damagedFile(witnessFile);
      return new WitnessFolder(files, key, privateKey);
    } catch {
      throw damagedFile(witnessFile);
    }
  }

  /** Whether there is a witness, or what was one. */
  static isThere(folder: string): boolean {
    try {
      return new FolderFiles(folder).read(witnessFile) !== null;
    } catch {
      return false;
    }
  }

  /** What it has seen of the log of this name, or null. @throws AppError `witness/damaged` */
  seen(origin: string): Seen | null {
    const name = fileOf(origin);
    const text = this.#files.read(`${name}.json`);
    if (text === null) return null;
    try {
      const { logKey, checkpoint, cosignature, firstAt, cosigned } = logForm.parse(JSON.parse(text));
      const { size, root } = requireSigned(checkpoint, logKey);
      const { head, at } = openAnswer({ witness: formatNoteKey(this.key), checkpoint, cosignature, refused: null });
      if (head.origin !== origin) throw damagedFile(`${name}.json`);
      return { logKey, size, root, at, checkpoint, cosignature, firstAt, cosigned };
    } catch {
      throw damagedFile(`${name}.json`);
    }
  }

  /** The newest cosigned head as an answer. */
  answer(seen: Seen, refused: string | null): WitnessAnswer {
    return { witness: formatNoteKey(this.key), checkpoint: seen.checkpoint, cosignature: seen.cosignature, refused };
  }

  /** Cosigns the head of a request if it continues what was seen. @throws as `judge`, and AppError `witness/busy` */
  cosign(origin: string, request: WitnessRequest, now = Date.now()): WitnessAnswer {
    return this.#files.locked(() => {
      const seen = this.seen(origin);
      const head = judge(seen, request);
      if (head.origin !== origin) throw new AppError('audit/bad-checkpoint', 'The signed head of the audit log names another log.');
      // A witness whose clock was put back does not take back the time it has told.
      const at = Math.max(Math.floor(now / 1_000), seen?.at ?? 0);
      const { line } = cosign(head.body, at, this.key, this.#privateKey);
      const content: z.infer<typeof logForm> = {
        format: 'redoubt-witness-log/1',
        logKey: request.logKey,
        checkpoint: request.checkpoint,
        cosignature: line,
        firstAt: seen?.firstAt ?? at,
        cosigned: (seen?.cosigned ?? 0) + 1,
      };
      const name = fileOf(origin);
      this.#files.write(`${name}.json`, `${JSON.stringify(content, null, 2)}\n`);
      this.#files.append(`${name}.txt`, `${request.checkpoint}${line}\n`);
      return { witness: formatNoteKey(this.key), checkpoint: request.checkpoint, cosignature: line, refused: null };
    });
  }
}

/** A plain name for any origin. */
function fileOf(origin: string): string {
  return `log-${createHash('sha256').update(origin).digest('hex').slice(0, 32)}`;
}
