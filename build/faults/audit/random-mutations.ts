import type { AttackedLog, Row } from './attacked-log.ts';
import { logTables } from './attacked-log.ts';
import type { Random } from '../suite.ts';

const writable = "SELECT name FROM pragma_table_xinfo(?) WHERE hidden = 0 AND name <> 'created_at'";

/** Changes something anywhere in the tables of the log, and says what; null where nothing came of it. */
export function harmAtRandom({ db, older }: AttackedLog, random: Random): string | null {
  const table = random.pick(logTables.filter((name) => db.prepare(`SELECT 1 FROM ${name}`).get() !== undefined));
  const count = db.prepare(`SELECT count(*) FROM ${table}`).pluck().get() as number;
  // When a key was made is a note for people; nothing reads it.
  const names = db.prepare(writable).pluck().all(table) as string[];
  const one = () => db.prepare(`SELECT * FROM ${table} LIMIT 1 OFFSET ?`).get(random.below(count)) as Row;
  const row = one();
  const keys = db.prepare('SELECT name FROM pragma_table_info(?) WHERE pk > 0').pluck().all(table) as string[];
  const where = keys.map((key) => `${key} = @key_${key}`).join(' AND ');
  const bound = Object.fromEntries(keys.map((key) => [`key_${key}`, row[key]]));
  const kind = random.pick(['change', 'change', 'change', 'change', 'change', 'delete', 'copy', 'exchange', 'older'] as const);
  const what = `${table} ${keys.map((key) => String(row[key])).join('/')}`;
  if (kind === 'delete') {
    db.prepare(`DELETE FROM ${table} WHERE ${where}`).run(bound);
    return `${what} removed`;
  }
  if (kind === 'older' && older.has(table)) {
    const before = older.get(table) ?? [];
    if (textOf(before) === textOf(db.prepare(`SELECT * FROM ${table}`).all() as Row[])) return null;
    db.exec(`DELETE FROM ${table}`);
    for (const each of before) insert(db, table, Object.keys(each), each);
    return `${table} put back to an earlier state`;
  }
  if (kind === 'copy' && table !== 'signing_keys') {
    const key = random.pick(keys);
    const top = db.prepare(`SELECT MAX(${key}) FROM ${table}`).pluck().get();
    if (typeof top === 'number') {
      insert(db, table, names, { ...row, [key]: top + 1 + random.below(3) });
      return `${what} copied`;
    }
  }
  const name = random.pick(names);
  const value = kind === 'exchange' ? one()[name] : changed(row[name], random);
  if (textOf([{ value }]) === textOf([{ value: row[name] }])) return null;
  db.prepare(`UPDATE OR REPLACE ${table} SET ${name} = @value WHERE ${where}`).run({ ...bound, value });
  return `${what}, ${name} ${kind}d`;
}

function textOf(rows: readonly Row[]): string {
  return JSON.stringify(
    rows.map((row) =>
      Object.entries(row).map(([name, value]) => [name, value instanceof Uint8Array ? Buffer.from(value).toString('hex') : value]),
    ),
  );
}

function insert(db: AttackedLog['db'], table: string, names: readonly string[], row: Row): void {
  db.prepare(`INSERT OR REPLACE INTO ${table} (${names.join(', ')}) VALUES (${names.map((name) => `@${name}`).join(', ')})`).run(
    Object.fromEntries(names.map((name) => [name, row[name]])),
  );
}

function changed(value: unknown, random: Random): unknown {
  if (typeof value === 'number') return value + random.pick([-1, 1, 2, 1_000, -value]);
  const bytes = Buffer.from(typeof value === 'string' ? value : value instanceof Uint8Array ? value : 'x');
  if (bytes.length === 0) return typeof value === 'string' ? 'x' : Buffer.from('x');
  const at = random.below(bytes.length);
  const kind = random.pick(['bit', 'bit', 'bit', 'cut', 'insert', 'zero'] as const);
  let next = Buffer.from(bytes);
  if (kind === 'bit') next[at] = (next[at] ?? 0) ^ (1 << random.below(typeof value === 'string' ? 7 : 8));
  if (kind === 'cut') next = next.subarray(0, at);
  if (kind === 'insert') next = Buffer.concat([next.subarray(0, at), Buffer.from([65 + random.below(26)]), next.subarray(at)]);
  if (kind === 'zero') next = Buffer.alloc(bytes.length);
  return typeof value === 'string' ? next.toString('utf8') : next;
}
