import type { AuditVerification } from '../contract/audit.ts';
import { AppError } from '../errors.ts';
import type { AuditMark } from '../vault/anchor.ts';
import type { WritableDb } from '../vault/database.ts';
import type { LeafInput, LeafSink } from './act.ts';
import { consistencyProof } from './consistency.ts';
import { AuditRepository, type HeadRow } from './audit.repository.ts';
import { thisMachine, type MachineClock } from './boot.ts';
import { checkpointSigner, type CheckpointSigner } from './checkpoint.ts';
import { HeadMac } from './head-mac.ts';
import { packEdge, rootOfEdge, unpackEdge } from './edge.ts';
import { leafText } from './leaf.ts';
import { LeafTerms } from './leaf-terms.ts';
import { Leaves } from './leaves.ts';
import { completedBy, emptyRoot, inclusionProof, leafHash, nodeHash, rootOf, type Hash, type NodeReader } from './merkle.ts';
import { AuditSearch, type Found, type Page } from './search/audit-search.ts';
import type { LeafFilter } from './search/filter.ts';
import { Sealing } from './seals/sealing.ts';
import { SealsRepository } from './seals/seals.repository.ts';
import { loadLogSigner, type LogSigner, type LogStorage } from './signing-keys.ts';
import { unreadableLog, verifyAuditLog } from './verify-log.ts';
import { necessarily } from '../vault/space/room.ts';

/** How many leaves the log has, and their root. */
export type AuditHead = { readonly size: number; readonly root: Hash };

/** A head for somebody outside: signed (C2SP tlog-checkpoint). */
export type SignedHead = AuditHead & { readonly checkpoint: string };

/** A leaf as it is hashed, with its audit path in a tree of a given size. */
export type ProvenLeaf = { readonly sequence: number; readonly canonical: string; readonly proof: readonly Hash[] };

/**
 * The vault's audit log: a Merkle tree (RFC 6962) over canonical JSON leaves, with a signed head. ADR 0003.
 * A leaf is appended in the transaction of the action it records; if it cannot be, the action fails.
 */
export class AuditLog implements LeafSink {
  readonly #storage: LogStorage;
  readonly #db: WritableDb;
  readonly #signer: LogSigner;
  readonly #sign: CheckpointSigner;
  readonly #mac: HeadMac;
  readonly #machine: MachineClock;
  readonly #leaves: AuditRepository;
  readonly #seals: SealsRepository;
  readonly #sealing: Sealing;
  readonly terms: LeafTerms;
  #search: AuditSearch | null = null;

  /** Throws `audit/no-key` on a vault without a signing key. */
  constructor(storage: LogStorage, machine: MachineClock = thisMachine) {
    this.#storage = storage;
    this.#db = storage.db;
    this.#signer = loadLogSigner(storage);
    this.#sign = checkpointSigner(this.#signer.origin, this.#signer.privateKey);
    this.#mac = new HeadMac(this.#signer.origin, this.#signer.privateKey);
    this.#machine = machine;
    this.terms = new LeafTerms(storage.db, this.#signer.origin, this.#signer.privateKey);
    this.#leaves = new AuditRepository(storage.db);
    this.#seals = new SealsRepository(storage.db);
    this.#sealing = new Sealing(storage, this.#signer.origin);
  }

  /** The key that checks heads. */
  get signer(): LogSigner {
    return this.#signer;
  }

  /** Appends one leaf, moves the head on and ends the epoch where it is full; throws outside a transaction. */
  append(leaf: LeafInput): { sequence: number; leafHash: Hash } {
    if (!this.#db.inTransaction)
      throw new AppError('audit/no-transaction', 'An audit leaf must be written in the transaction of the action it records.');
    const head = this.#ownHead();
    const sequence = head.size;
    const edge = unpackEdge(head.edge, sequence);
    if (!edge) throw damaged({ part: 'head' });
    const canonical = leafText(sequence, leaf, this.#machine);
    const hash = leafHash(Buffer.from(canonical));
    this.#leaves.addLeaf({ sequence, canonical, leaf_hash: hash });
    let complete = hash;
    for (const { level, index } of completedBy(sequence)) {
      complete = nodeHash(edge.pop() ?? emptyRoot, complete);
      this.#leaves.addNode(level, index, complete);
      this.terms.complete(level, index, complete);
    }
    edge.push(complete);
    const [size, root] = [sequence + 1, rootOfEdge(edge)];
    const next = { size, root, edge: packEdge(edge) };
    this.#leaves.setHead({ ...next, mac: this.#mac.of(next) });
    if (this.#sealing.isDue(size)) this.#sealing.seal({ size, root }, leaf.at);
    return { sequence, leafHash: hash };
  }

  /** Ends the epoch with a seal, where it holds any leaf: before the vault is locked. */
  seal(): void {
    const sealing = this.#db.transaction(() => this.#sealing.seal(this.#ownHead(), Date.now()));
    necessarily(this.#db, () => sealing.immediate());
  }

  /** How many epochs are over, and what the newest seal covers. */
  sealed(): { count: number; size: number; at: number | null } {
    const newest = this.#seals.newest();
    return { count: this.#seals.count(), size: newest?.size ?? 0, at: newest?.at ?? null };
  }

  /** The head as it is stored; throws `audit/damaged` if it is gone. */
  head(): AuditHead {
    const head = this.#leaves.head();
    if (!head) throw damaged({ part: 'head' });
    return head;
  }

  /** The head, signed for somebody outside; throws `audit/damaged` for one that the log did not write. */
  signedHead(): SignedHead {
    const { size, root } = this.#ownHead();
    return { size, root, checkpoint: this.#sign({ size, root }) };
  }

  /** The signed head, or an empty text where there is none that could be signed. */
  checkpoint(): string {
    const head = this.#leaves.head();
    return head && this.#mac.fits(head) ? this.#sign(head) : '';
  }

  /** The root hash the log had at an earlier `size`; O(log n). */
  rootAt(size: number): Hash {
    return rootOf(this.#read, size);
  }

  /** Proof that the first `first` entries are the beginning of the first `second` (RFC 9162, section 2.1.4.1). */
  consistency(first: number, second: number): Hash[] {
    return consistencyProof(this.#read, first, second);
  }

  /** One entry as it is kept; its text is null once its retention is over. */
  entry(sequence: number): { canonical: string | null; leafHash: Hash } | null {
    const row = this.#leaves.leavesFrom(sequence, 1)[0];
    return row?.sequence === sequence ? { canonical: row.canonical, leafHash: row.leaf_hash } : null;
  }

  /** Audit path of an entry in the tree of the first `size` entries; O(log n). */
  inclusion(sequence: number, size: number): Hash[] {
    return inclusionProof(this.#read, sequence, size);
  }

  /** Finds entries. */
  get search(): AuditSearch {
    return (this.#search ??= new AuditSearch(this.#db));
  }

  /** Entries newest first. */
  list(filter: LeafFilter & Page): Found {
    return this.search.list(filter, filter);
  }

  /** When the newest leaf was written, milliseconds since the epoch by the clock of then; null for an empty log. */
  newestAt(): number | null {
    return this.#leaves.newestAt();
  }

  /** The leaves on these subjects with their proofs to the head of now. */
  prove(subjects: readonly string[]): { head: SignedHead; leaves: ProvenLeaf[] } {
    const take = this.#db.transaction(() => {
      const head = this.signedHead();
      const leaves = new Leaves(this.#db, this.terms)
        .textsOf(subjects)
        .map(({ sequence, canonical }) => ({ sequence, canonical, proof: inclusionProof(this.#read, sequence, head.size) }));
      return { head, leaves };
    });
    return take();
  }

  /**
   * Recomputes everything: leaves, tree, head, signature, seals, prunes, triggers. `anchor` is a head kept outside the vault, which the
   * log must still contain; without one a log put back as a whole to an earlier state is not recognised.
   */
  verify(anchor?: AuditMark | null, signal?: AbortSignal): Promise<AuditVerification> {
    const parts = {
      storage: this.#storage,
      leaves: this.#leaves,
      seals: this.#seals,
      sealing: this.#sealing,
      signer: this.#signer,
      mac: this.#mac,
      terms: this.terms,
      sign: this.#sign,
    };
    return verifyAuditLog(parts, anchor, signal).catch((error: unknown) => unreadableLog(parts, error));
  }

  /** The head, if the log wrote it: nothing is appended to, sealed or signed that somebody else put there. */
  #ownHead(): HeadRow {
    const head = this.#leaves.head();
    if (!head || !this.#mac.fits(head)) throw damaged({ part: 'head' });
    return head;
  }

  readonly #read: NodeReader = (level, index) => {
    const hash = this.#leaves.node(level, index);
    if (!hash) throw damaged({ level, index });
    return hash;
  };
}

function damaged(details: Record<string, string | number>): AppError {
  return new AppError(
    'audit/damaged',
    'The audit log is damaged, so nothing can be recorded and nothing was changed. Run `redoubt audit verify` and restore a backup.',
    details,
  );
}
