import type { WritableDb } from './database.ts';
import { roomOf } from './space/room.ts';

type Work = (...args: unknown[]) => unknown;

/**
 * Counts every transaction that changes something, in the transaction itself (`vault.commits`), and tells `onCommit`
 * after it. The audit log alone would not do: the steps of a run and the pages of a document leave no leaf, and the loss
 * of the newest of them must be recognised too. From then on `db.transaction` and the statements of `db.prepare` count,
 * and each transaction that changes something asks the room of the database first (`space/room.ts`).
 */
export function countCommits(db: WritableDb, onCommit: () => void): void {
  const transaction = db.transaction.bind(db);
  const prepare = db.prepare.bind(db);
  const bump = prepare('UPDATE vault SET commits = commits + 1');
  const changes = prepare('SELECT total_changes()').pluck();
  let outermost = false;
  let changed = false;

  const counted = (work: Work) => {
    const run = transaction((...args: unknown[]) => {
      const decides = outermost;
      outermost = false;
      const before = decides ? changes.get() : null;
      const result = work(...args);
      if (decides && changes.get() !== before) {
        roomOf(db)?.allow();
        changed = bump.run().changes > 0;
      }
      return result;
    });
    const variant =
      (begin: Work) =>
      (...args: unknown[]): unknown => {
        if (db.inTransaction) return begin(...args);
        const once = () => {
          outermost = true;
          changed = false;
          try {
            return begin(...args);
          } finally {
            outermost = false;
          }
        };
        const room = roomOf(db);
        const result = room ? room.transaction(once) : once();
        if (changed) onCommit();
        return result;
      };
    const kinds = {
      default: variant(run),
      deferred: variant(run.deferred),
      immediate: variant(run.immediate),
      exclusive: variant(run.exclusive),
    };
    return Object.assign(variant(run), kinds, { database: db });
  };

  const alone = counted((plain, args) => (plain as Work)(...(args as unknown[]))).immediate;
  db.transaction = counted as unknown as typeof db.transaction;
  db.prepare = ((sql: string) => {
    const statement = prepare(sql);
    if (statement.readonly) return statement;
    for (const name of ['run', 'get', 'all'] as const) {
      const plain: Work = statement[name].bind(statement);
      Object.assign(statement, { [name]: (...args: unknown[]) => (db.inTransaction ? plain(...args) : alone(plain, args)) });
    }
    return statement;
  }) as typeof db.prepare;
}

/** Transactions that changed something, since the vault was made. */
export function commitCount(db: WritableDb): number {
  return (db.prepare('SELECT commits FROM vault').pluck().get() as number | undefined) ?? 0;
}
