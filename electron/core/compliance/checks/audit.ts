import { z } from 'zod';
import { roleMatrix } from '../../identity/role-matrix.ts';
import { found, type Check } from '../finding.ts';

/** GB/T 22239 8.1.4.3 a); HIPAA 164.312(b); PIPL 51(3): whatever changes something leaves a record, whoever does it. */
export const auditCoverage: Check = ({ db }) => {
  const commands = roleMatrix().rows.filter(({ action }) => action !== null);
  const unrecorded = commands.filter(({ action }) => action?.includes('.') !== true).length;
  const { entries, people } = z
    .object({ entries: z.number(), people: z.number() })
    .parse(db.prepare('SELECT count(*) AS entries, count(DISTINCT actor) AS people FROM audit_leaves').get());
  const values = { commands: commands.length, unrecorded, entries, people };
  return found(commands.length > 0 && unrecorded === 0 && entries > 0, { fact: 'coverage', values });
};

/** Newest entries whose content is looked at. */
const sample = 1000;

/** GB/T 22239 8.1.4.3 b): each record says when, who, what, on what and with what outcome. */
export const auditContent: Check = ({ db }) => {
  const rows = z.array(z.object({ complete: z.number() })).parse(
    db
      .prepare(
        `SELECT at > 0 AND actor <> '' AND action <> '' AND subject IS NOT NULL AND outcome <> '' AS complete
           FROM audit_leaves WHERE canonical IS NOT NULL ORDER BY sequence DESC LIMIT ?`,
      )
      .all(sample),
  );
  const incomplete = rows.filter(({ complete }) => complete !== 1).length;
  return found(rows.length > 0 && incomplete === 0, { fact: 'content', values: { entries: rows.length, incomplete } });
};

/** GB/T 22239 8.1.4.3 c); HIPAA 164.312(c)(1), (c)(2): the whole log is as it was written. Takes up to 5 s for a million entries. */
export const auditWhole: Check = async ({ verifyAudit }) => {
  const { ok, size, problems, durationMs } = await verifyAudit();
  return found(ok, { fact: 'auditWhole', values: { entries: size, problems: problems.length, ms: durationMs } });
};

class Undone extends Error {}

/** GB/T 22239 8.1.4.3 d): the log cannot be switched off or changed; that it cannot is tried, and undone whatever comes of it. */
export const auditGuarded: Check = ({ db }) => {
  const sql = String.raw`SELECT count(*) FROM sqlite_schema WHERE type = 'trigger' AND tbl_name LIKE 'audit\_%' ESCAPE '\'`;
  const triggers = z.number().parse(db.prepare(sql).pluck().get());
  let changeRefused = true;
  try {
    db.transaction(() => {
      db.prepare("UPDATE audit_leaves SET canonical = canonical || ' ' WHERE sequence = (SELECT max(sequence) FROM audit_leaves)").run();
      throw new Undone();
    })();
  } catch (error) {
    changeRefused = !(error instanceof Undone);
  }
  return found(triggers > 0 && changeRefused, { fact: 'auditGuarded', values: { triggers, changeRefused } });
};

/** GB/T 22239 8.1.4.3 and 网络安全法 21(3) (six months: 180 days); HIPAA 164.316(b)(2)(i) (six years: 2,190 days); PIPL 56 (three years: 1,095 days). */
export const auditKept =
  (required: number): Check =>
  ({ policies }) => {
    const days = policies().policies.retention.auditDays;
    return found(days >= required, { fact: 'auditRetention', values: { days, required } });
  };

const dayMs = 86_400_000;
/** Days within which a witness must have confirmed the log. */
const witnessDays = 31;

/** GB/T 22239 8.1.4.3 c); HIPAA 164.312(c)(2): somebody outside the machine has seen the log, so that putting all of it back would show. */
export const witnessed: Check = ({ witnesses, now }) => {
  const { count, last, behind, alarms } = witnesses();
  const values = { count, size: last?.size ?? 0, at: last?.at ?? null, behind, alarms: alarms.length };
  const isFresh = last !== null && now() - last.at <= witnessDays * dayMs;
  return found(isFresh && alarms.length === 0, { fact: 'witness', values });
};
