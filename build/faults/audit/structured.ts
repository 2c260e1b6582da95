import { generateKeyPairSync } from 'node:crypto';
import { AuditLog } from '../../../electron/core/audit/audit-log.ts';
import { HeadMac } from '../../../electron/core/audit/head-mac.ts';
import { wrapLogKey } from '../../../electron/core/audit/log-keys.ts';
import type { AuditMark } from '../../../electron/core/vault/anchor.ts';
import type { Json } from '../../../electron/core/contract/base.ts';
import type { AttackedLog, Found } from './attacked-log.ts';
import { attackers, cover, edited, entries, putEntries, type Attacker, type Entry } from './attacker.ts';

export type Mutation = {
  readonly kind: string;
  readonly what: string;
  harm(log: AttackedLog): void;
  /** The attacker can write the mark outside the database as well. */
  readonly anchorToo: ((log: AttackedLog) => AuditMark | 'as it is now') | null;
  /** Nobody but a witness can notice, and that is what must be said. */
  readonly witnessOnly: boolean;
};

export const places = ['first', 'middle', 'last'] as const;

/** The first is that which still has its text. */
function indexOf(place: (typeof places)[number], all: readonly Entry[]): number {
  if (place === 'first') return all.findIndex(({ canonical }) => canonical !== null);
  return place === 'middle' ? Math.floor(all.length / 2) : all.length - 1;
}

/** Something else for every member of an entry. */
const otherValues: Readonly<Record<string, (now: Json) => Json>> = {
  sequence: (now) => Number(now) + 1,
  at: (now) => Number(now) + 1,
  uptimeMs: (now) => Number(now) + 1,
  boot: () => '00000000-0000-4000-8000-000000000000',
  actor: () => 'bob',
  actorId: () => 'p2',
  session: (now) => (now === null ? 's9' : null),
  role: () => 'viewer',
  area: () => 'other',
  action: () => 'audit.list',
  subject: () => 'another subject',
  caseId: (now) => (now === null ? 'case-2' : null),
  outcome: (now) => (now === 'done' ? 'denied' : 'done'),
  reason: (now) => (now === null ? 'vault/locked' : null),
  details: () => ({}),
};

type Change = (all: readonly Entry[], place: number) => Entry[];

/** Numbers the entries as they stand; a careful attacker does that inside them, too. */
function renumbered(all: readonly Entry[], careful: boolean): Entry[] {
  return all.map((entry, sequence) =>
    entry.sequence === sequence ? entry : { ...(careful ? edited(entry, { sequence }) : entry), sequence },
  );
}

const changes: Readonly<Record<string, (careful: boolean) => Change>> = {
  delete: (careful) => (all, place) => renumbered(all.toSpliced(place, 1), careful),
  insert: (careful) => (all, place) => renumbered(all.toSpliced(place, 0, edited(all[place]!, { action: 'cases.remove' })), careful),
  reorder: (careful) => (all, place) => {
    const other = place === 0 ? 1 : place - 1;
    return renumbered(all.with(place, all[other]!).with(other, all[place]!), careful);
  },
  truncate: () => (all, place) => all.slice(0, Math.max(1, place)),
  fork: () => (all, place) => all.map((entry, at) => (at < place ? entry : edited(entry, { actor: 'bob' }))),
  'clock back': () => (all, place) =>
    all.map((entry, at) =>
      at < place || entry.canonical === null
        ? entry
        : edited(entry, { at: (JSON.parse(entry.canonical) as { at: number }).at - 365 * 86_400_000 }),
    ),
};

function contentMutation(kind: string, change: (careful: boolean) => Change, attacker: Attacker, place: (typeof places)[number]): Mutation {
  return {
    kind,
    what: `${kind}, ${place}, ${attacker}`,
    harm(log) {
      const all = entries(log);
      const at = indexOf(place, all);
      const changed = change(attacker !== 'rows')(all, at);
      putEntries(log, changed, Math.max(0, Math.min(at - 1, changed.length)));
      cover(log, attacker);
    },
    anchorToo: attacker === 're-seal and anchor' ? () => 'as it is now' : null,
    witnessOnly: attacker === 're-seal and anchor',
  };
}

const editField = (name: string) => (): Change => (all, place) =>
  all.map((entry, at) => {
    if (at !== place || entry.canonical === null) return entry;
    const content = JSON.parse(entry.canonical) as Record<string, Json>;
    return edited(entry, { [name]: otherValues[name]?.(content[name] ?? null) ?? null });
  });

/** Leaves spelled otherwise, with the same meaning. */
const spelled = (): Change => (all, place) =>
  all.map((entry, at) =>
    at === place && entry.canonical !== null ? { ...entry, canonical: entry.canonical.replace(',"at"', ', "at"') } : entry,
  );

export const simple = (kind: string, what: string, harm: (log: AttackedLog) => void, further: Partial<Mutation> = {}): Mutation => ({
  kind,
  what: `${kind}, ${what}`,
  harm,
  anchorToo: null,
  witnessOnly: false,
  ...further,
});

const bit = (bytes: unknown) => {
  const changed = Buffer.from(bytes as Uint8Array);
  changed[0] = (changed[0] ?? 0) ^ 1;
  return changed;
};

function headMutations(): Mutation[] {
  const set = (column: string, value: (log: AttackedLog) => unknown) => (log: AttackedLog) =>
    void log.db.prepare(`UPDATE audit_head SET ${column} = ?`).run(value(log));
  type Head = { size: number; root: Uint8Array; edge: Uint8Array; mac: Uint8Array };
  const head = (log: AttackedLog) => log.db.prepare('SELECT * FROM audit_head').get() as Head;
  const oldHead = (log: AttackedLog) => log.older.get('audit_head')?.[0] as Head;
  const { privateKey } = generateKeyPairSync('ed25519');
  const originOf = (log: AttackedLog) => new AuditLog(log.storage).signer.origin;
  return [
    simple(
      'swap root',
      'of the earlier head',
      set('root', (log) => oldHead(log).root),
    ),
    simple(
      'swap root',
      'one bit',
      set('root', (log) => bit(head(log).root)),
    ),
    simple(
      'swap root',
      'of the earlier head, its edge too',
      (log) => void log.db.prepare('UPDATE audit_head SET root = ?, edge = ?').run(oldHead(log).root, oldHead(log).edge),
    ),
    simple(
      'swap code',
      'of the earlier head',
      set('mac', (log) => oldHead(log).mac),
    ),
    simple(
      'swap code',
      'of another key',
      set('mac', (log) => new HeadMac(originOf(log), privateKey).of(head(log))),
    ),
    simple(
      'swap code',
      'of another log under the same key',
      set('mac', (log) => new HeadMac('redoubt/other', new AuditLog(log.storage).signer.privateKey).of(head(log))),
    ),
    simple(
      'swap code',
      'one bit',
      set('mac', (log) => bit(head(log).mac)),
    ),
    simple(
      'swap code',
      'longer',
      set('mac', (log) => Buffer.concat([head(log).mac, Buffer.alloc(1)])),
    ),
    simple(
      'edit edge',
      'one bit',
      set('edge', (log) => bit(head(log).edge)),
    ),
    simple(
      'edit head',
      'size',
      set('size', (log) => head(log).size + 1),
    ),
    simple('edit head', 'removed', (log) => void log.db.exec('DELETE FROM audit_head')),
    simple(
      'wrong key',
      'in place of the log’s, bare',
      (log) => void log.db.prepare('UPDATE signing_keys SET private_key = randomblob(100)').run(),
    ),
    ...attackers.filter((attacker) => attacker !== 'rows' && attacker !== 'hashes').map((attacker) => wrongKey(attacker)),
  ];
}

/** The log's key exchanged for another one, everything signed and sealed with it. */
function wrongKey(attacker: Attacker): Mutation {
  return simple(
    'wrong key',
    attacker,
    (log) => {
      const { privateKey, publicKey } = generateKeyPairSync('ed25519');
      const { origin } = new AuditLog(log.storage).signer;
      const { epoch, wrapped } = wrapLogKey(log.storage, origin, privateKey.export({ format: 'der', type: 'pkcs8' }));
      log.db
        .prepare("UPDATE signing_keys SET epoch = ?, private_key = ?, public_key = ? WHERE purpose = 'audit-log'")
        .run(epoch, wrapped, publicKey.export({ format: 'der', type: 'spki' }));
      cover(log, attacker, privateKey);
    },
    // No entry changed, so the mark outside fits.
    attacker === 'log key' ? {} : { witnessOnly: true },
  );
}

function treeMutations(): Mutation[] {
  const one = (order: string) => `(SELECT level FROM audit_nodes ORDER BY level ${order}, position ${order} LIMIT 1)`;
  return ['ASC', 'DESC'].flatMap((order) => [
    simple(
      'edit tree',
      `node, ${order}`,
      (log) =>
        void log.db.exec(
          `UPDATE audit_nodes SET hash = zeroblob(32) WHERE (level, position) = (SELECT level, position FROM audit_nodes ORDER BY level ${order}, position ${order} LIMIT 1)`,
        ),
    ),
    simple(
      'edit tree',
      `node removed, ${order}`,
      (log) => void log.db.exec(`DELETE FROM audit_nodes WHERE level = ${one(order)} AND position = 0`),
    ),
    simple(
      'edit tree',
      `node added, ${order}`,
      (log) => void log.db.exec(`INSERT INTO audit_nodes VALUES (${order === 'ASC' ? 40 : 1}, 99999, zeroblob(32))`),
    ),
  ]);
}

/** Texts that are no entries; one that is not JSON at all the table does not take. */
function unreadableMutations(): Mutation[] {
  const texts = { 'an empty object': '{}', 'a number': '7', 'a list': '[]', 'an entry too short': '{"at":1,"sequence":0}' };
  return Object.entries(texts).flatMap(([what, text]) =>
    places.map((place) =>
      simple('unreadable', `${what}, ${place}`, (log) => {
        log.db.prepare('UPDATE audit_leaves SET canonical = ? WHERE sequence = ?').run(text, indexOf(place, entries(log)));
      }),
    ),
  );
}

function guardMutations(): Mutation[] {
  const trigger = (sql: string) => (log: AttackedLog) => void log.db.exec(sql);
  return [
    simple(
      'guards',
      'exchanged for one that lets all pass',
      trigger(
        "CREATE TRIGGER audit_leaves_no_delete BEFORE DELETE ON audit_leaves WHEN 0 BEGIN SELECT RAISE(ABORT, 'audit leaves are append-only'); END",
      ),
    ),
    simple(
      'guards',
      'one more, which changes what is written',
      trigger('CREATE TRIGGER audit_leaves_sly AFTER INSERT ON audit_leaves BEGIN SELECT 1; END'),
    ),
    simple('guards', 'one of another name on the head', trigger('CREATE TRIGGER helpful AFTER UPDATE ON audit_head BEGIN SELECT 1; END')),
  ];
}

/** Every mutation that has a name; each is tried on every log. */
export function structuredMutations(): Mutation[] {
  const kinds: Record<string, (careful: boolean) => Change> = { ...changes, spelling: spelled };
  for (const name of Object.keys(otherValues)) kinds[`edit ${name}`] = editField(name);
  const content = Object.entries(kinds).flatMap(([kind, change]) =>
    attackers
      // Who has the keys may spell an entry as he likes; it says the same.
      .flatMap((attacker) => places.map((place) => contentMutation(kind, change, attacker, place))),
  );
  return [...content, ...headMutations(), ...treeMutations(), ...guardMutations(), ...unreadableMutations()];
}

/** Is it as it must be? Null if so. */
export function complaint({ witnessOnly }: Mutation, { by }: Found): string | null {
  if (by === null) return 'nobody noticed';
  if (witnessOnly && by !== 'witness') return null;
  return by === 'witness' && !witnessOnly ? 'only the witness noticed' : null;
}
