import { createHash, randomUUID } from 'node:crypto';
import type { Act } from '../audit/act.ts';
import type { Blobs, StoredBlob } from '../vault/blobs.ts';
import type { DocumentsRepository, StoredDocument } from './documents.repository.ts';

export type DocumentStockDeps = {
  readonly repository: DocumentsRepository;
  readonly blobs: Blobs;
  /** Equal content is one blob: does anything but a document still need it? */
  readonly isReferredElsewhere: (blob: string) => boolean;
  onChange(id: string): void;
};

/** Takes contents into the vault as documents of a case, and out again. */
export class DocumentStock {
  readonly #deps: DocumentStockDeps;

  constructor(deps: DocumentStockDeps) {
    this.#deps = deps;
  }

  /** Adds content that is in memory, or finds the document of the case that has it; returns its id. */
  add(act: Act, caseId: string, name: string, bytes: Uint8Array): string {
    const { repository, blobs } = this.#deps;
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    const known = repository.bySha256(caseId, sha256);
    if (known) return this.#again(act, known, name);
    return this.#record(act, caseId, name, { sha256, size: bytes.length, blob: blobs.put(bytes) });
  }

  /** The same with content that arrives in pieces. */
  async addFrom(act: Act, caseId: string, name: string, pieces: AsyncIterable<Uint8Array>, signal?: AbortSignal): Promise<string> {
    const { repository, blobs } = this.#deps;
    const hash = createHash('sha256');
    const hashed = async function* () {
      for await (const piece of pieces) {
        hash.update(piece);
        yield piece;
      }
    };
    const keep = ({ id: blob, size }: StoredBlob) => {
      try {
        signal?.throwIfAborted();
        const sha256 = hash.digest('hex');
        const known = repository.bySha256(caseId, sha256);
        return known ? this.#again(act, known, name) : this.#record(act, caseId, name, { sha256, size, blob });
      } catch (error) {
        // The case may be deleted by now: its content must not stay behind without a row.
        this.eraseUnused(blob);
        throw error;
      }
    };
    return blobs.storeFrom(hashed(), keep, signal);
  }

  /** Destroys the key of a content that nothing holds any more. */
  eraseUnused(blob: string): void {
    const { repository, blobs, isReferredElsewhere } = this.#deps;
    if (!repository.refersTo(blob) && !isReferredElsewhere(blob)) blobs.remove(blob);
  }

  #record(act: Act, caseId: string, name: string, content: Pick<StoredDocument, 'sha256' | 'size' | 'blob'>): string {
    const id = randomUUID();
    const { sha256, size } = content;
    const named = { id, caseId, name: name.normalize('NFC'), importedAt: Date.now(), importedBy: act.actor.name };
    act.commit({ subject: id, caseId, details: { size, sha256 } }, () => this.#deps.repository.add({ ...named, ...content }));
    this.#deps.onChange(id);
    return id;
  }

  /** The same content once more: one that could not be read gets the new name (it may have been the fault) and another try. */
  #again(act: Act, known: StoredDocument, name: string): string {
    const { repository, onChange } = this.#deps;
    const { id, status } = known;
    const requeue = status === 'failed' || status === 'cancelled';
    act.commit({ subject: id, caseId: known.caseId, details: { duplicate: true, queued: requeue } }, () => {
      if (!requeue) return;
      repository.rename(id, name.normalize('NFC'));
      repository.queue(id);
    });
    if (requeue) onChange(id);
    return id;
  }
}
