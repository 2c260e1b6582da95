import { randomBytes, randomUUID } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import type { LeafInput } from '../../../electron/core/audit/act.ts';
import { AuditLog } from '../../../electron/core/audit/audit-log.ts';
import { AuditRepository } from '../../../electron/core/audit/audit.repository.ts';
import { thisMachine } from '../../../electron/core/audit/boot.ts';
import { packEdge } from '../../../electron/core/audit/edge.ts';
import { HeadMac } from '../../../electron/core/audit/head-mac.ts';
import { leafText } from '../../../electron/core/audit/leaf.ts';
import { leafHash } from '../../../electron/core/audit/merkle.ts';
import { leavesPerEpoch, Sealing } from '../../../electron/core/audit/seals/sealing.ts';
import { createSigningKeys } from '../../../electron/core/audit/signing-keys.ts';
import { Frontier } from '../../../electron/core/audit/verify/frontier.ts';
import { ringOf } from '../../../electron/core/vault/key-ring.ts';
import { openStorage, type OpenStorage } from '../../../electron/core/vault/open-vault.ts';

/** The storage of an open vault with the log of `leaves` acts in it, as the application would have written it. */
export function filledLog(folder: string, leaves: number): { storage: OpenStorage; audit: AuditLog } {
  mkdirSync(folder, { recursive: true });
  const storage = openStorage(folder, 'bench', ringOf(randomBytes(32)), 'create');
  storage.db.prepare("INSERT INTO vault (one, vault_id, created_at) VALUES (1, 'bench', 0)").run();
  createSigningKeys(storage);
  const audit = new AuditLog(storage);
  storage.freshness.begin(audit);
  fill(storage, audit, leaves);
  return { storage, audit };
}

/** Writes what `append` would: the head is written once an epoch and not with every leaf. */
function fill(storage: OpenStorage, audit: AuditLog, leaves: number): void {
  const { origin, privateKey } = audit.signer;
  const mac = new HeadMac(origin, privateKey);
  const repository = new AuditRepository(storage.db);
  const sealing = new Sealing(storage, origin);
  const tree = new Frontier();
  const startedAt = Date.now() - leaves * 1_000;
  const write = storage.db.transaction((until: number) => {
    while (tree.size < until) {
      const sequence = tree.size;
      const canonical = leafText(sequence, sampleLeaf(sequence, startedAt + sequence * 1_000), thisMachine);
      const leaf_hash = leafHash(Buffer.from(canonical));
      repository.addLeaf({ sequence, canonical, leaf_hash });
      for (const { level, index, hash } of tree.add(leaf_hash)) {
        repository.addNode(level, index, hash);
        audit.terms.complete(level, index, hash);
      }
    }
    const head = { size: tree.size, root: tree.root(), edge: packEdge(tree.edge) };
    repository.setHead({ ...head, mac: mac.of(head) });
    if (sealing.isDue(head.size)) sealing.seal(head, Date.now());
  });
  while (tree.size < leaves) write.immediate(Math.min(leaves, tree.size + leavesPerEpoch));
}

const people = ['ada', 'ben', 'chen', 'dana', 'emil'].map((name) => ({ name, personId: randomUUID(), session: randomUUID() }));
const cases = Array.from({ length: 40 }, () => randomUUID());
const documents = Array.from({ length: 5_000 }, (_, index) => ({ id: randomUUID(), name: `Contract ${index} Shanghai 合同.pdf` }));
const actions = [
  'documents.import',
  'documents.read',
  'chat.send',
  'runs.start',
  'runs.end',
  'model.call',
  'reports.create',
  'cases.update',
];

/** An act as there are many: with a document, a person, a case, and some figures. */
export function sampleLeaf(index: number, at: number): LeafInput {
  const person = people[index % people.length] ?? { name: '', personId: '', session: '' };
  const document = documents[(index * 7) % documents.length] ?? { id: '', name: '' };
  return {
    at,
    actor: { ...person, role: 'analyst' },
    action: actions[index % actions.length] ?? '',
    subject: document.id,
    caseId: cases[index % cases.length] ?? null,
    outcome: index % 50 === 0 ? 'failed' : 'done',
    reason: index % 50 === 0 ? 'documents/unreadable' : null,
    details: { name: document.name, pages: index % 90, sha256: 'ab'.repeat(32) },
  };
}
