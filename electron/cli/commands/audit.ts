import { resolve } from 'node:path';
import type { AuditEntry } from '../../core/contract/audit.ts';
import { auditOutcome } from '../../core/contract/audit.ts';
import { siemFormat } from '../../core/contract/audit-records.ts';
import { writeFileAtomic } from '../../core/vault/atomic-file.ts';
import { UsageError, type Command, type CommandContext } from '../command.ts';
import { required } from './backup.ts';

const timeOf = (at: number) => new Date(at).toISOString().replace(/\.\d+Z$/, 'Z');

export const auditVerify: Command = {
  area: 'audit',
  verb: 'verify',
  usage: '[--vault DIR]',
  summary: 'Recompute the whole audit log of a vault and check its signed head. Exit 1 if it does not hold.',
  positionals: [0, 0],
  async run({ withVault }) {
    const { result, witnesses } = await withVault(async ({ client }) => ({
      result: await client.audit.verify(),
      witnesses: (await client.audit.state()).witnesses,
    }));
    const { ok, size, rootHash, problems, durationMs } = result;
    const found = problems.map(({ sequence, message }) => (sequence === null ? message : `Entry ${sequence}: ${message}`));
    const verdict = ok
      ? `The audit log is intact: ${size} entries, root ${rootHash}, checked in ${Math.round(durationMs)} ms.`
      : 'The audit log does NOT hold. Keep this vault as it is and restore a backup elsewhere.';
    const seen = witnesses.last
      ? `The witness ${witnesses.last.name} has seen ${witnesses.last.size} entries. Compare with it: redoubt witness check`
      : 'No witness has seen this log: if this whole machine were put back to an earlier state, nobody could tell.';
    const alarms = witnesses.alarms.map(({ name, verdict }) => `ALARM of the witness ${name}: ${verdict}.`);
    return { json: { ...result, witnesses }, text: [...found, verdict, seen, ...alarms].join('\n'), exit: ok ? 0 : 1 };
  },
};

export const auditSearch: Command = {
  area: 'audit',
  verb: 'search',
  usage:
    '[TEXT…] [--actor NAME] [--area AREA] [--action ACTION] [--subject ID] [--case ID] [--outcome OUTCOME] [--from TIME] [--to TIME] [--before N] [--limit N] [--vault DIR]',
  summary: 'Find entries of the audit log, newest first. Words are looked for in who, what, on what, why and the details.',
  options: {
    actor: { type: 'string' },
    area: { type: 'string' },
    action: { type: 'string' },
    subject: { type: 'string' },
    case: { type: 'string' },
    outcome: { type: 'string' },
    from: { type: 'string' },
    to: { type: 'string' },
    before: { type: 'string' },
    limit: { type: 'string' },
  },
  positionals: [0, 50],
  run(context) {
    const { actor, area, action, subject, outcome, case: caseId } = context.values as Record<string, string | undefined>;
    if (outcome !== undefined && !auditOutcome.safeParse(outcome).success)
      throw new UsageError(`An outcome is one of ${auditOutcome.options.join(', ')}.`);
    const [from, to, before] = [time(context, 'from'), time(context, 'to'), whole(context, 'before')];
    const filter = {
      search: context.args.join(' '),
      areas: area === undefined ? [] : [area],
      limit: whole(context, 'limit') ?? 100,
      ...defined({ actor, action, subject, caseId, from, to, before, outcome: auditOutcome.safeParse(outcome).data }),
    };
    return context.withVault(async ({ client }) => {
      const found = await client.audit.list(filter);
      const { entries, total, more } = found;
      const left = entries.length < total ? `${entries.length} of ${more ? 'more than ' : ''}${total} entries; go on with --before N.` : '';
      return { json: found, text: [...entries.map(shown), ...(left ? [left] : [])].join('\n') || 'No entry fits.' };
    });
  },
};

function shown({ sequence, at, actor, action, outcome, subject, reason, details }: AuditEntry): string {
  const facts = Object.keys(details).length > 0 ? JSON.stringify(details) : '';
  return [String(sequence).padStart(7), timeOf(at), actor, action, outcome, subject, reason ?? '', facts].filter(Boolean).join('  ');
}

export const auditProve: Command = {
  area: 'audit',
  verb: 'prove',
  usage: '--sequence N [--out FILE] [--vault DIR]',
  summary: 'Prove that an entry stands in the log to somebody who trusts only the keys of the log and its witnesses (C2SP tlog-proof).',
  options: { sequence: { type: 'string' }, out: { type: 'string' } },
  positionals: [0, 0],
  run(context) {
    const sequence = whole(context, 'sequence');
    if (sequence === null) throw new UsageError('Name an entry with --sequence.');
    const { out } = context.values;
    return context.withVault(async ({ client }) => {
      const proof = await client.audit.prove({ sequence });
      const { leaf, size, logKey, witnesses, file } = proof;
      if (typeof out === 'string') writeFileAtomic(resolve(out), file);
      const text = [
        leaf === null ? 'The retention of this entry is over; of it the hash is left.' : leaf,
        '',
        typeof out === 'string' ? `The proof is in ${resolve(out)}.` : file.trimEnd(),
        '',
        `It leads to the head of ${size} entries that the key of the log signed: ${logKey}`,
        ...(witnesses.length > 0
          ? witnesses.map(({ key }) => `A witness has cosigned that head: ${key}`)
          : ['No witness has cosigned a head that holds it: that the log is the only one is not proven.']),
      ];
      return { json: proof, text: text.join('\n') };
    });
  },
};

export const auditExport: Command = {
  area: 'audit',
  verb: 'export',
  usage: '--format ecs|cef|syslog --out DIR [--first N] [--last N] [--vault DIR]',
  summary: 'Write entries of the log to files that a log collector reads, each line with its sequence and the hash of its entry.',
  options: { format: { type: 'string' }, out: { type: 'string' }, first: { type: 'string' }, last: { type: 'string' } },
  positionals: [0, 0],
  run(context) {
    const folder = required(context, 'out');
    const format = siemFormat.safeParse(context.values['format']);
    if (!format.success) throw new UsageError(`A format is one of ${siemFormat.options.join(', ')}.`);
    const [first, last] = [whole(context, 'first') ?? 0, whole(context, 'last')];
    return context.withVault(async ({ client }) => {
      const written = await client.audit.exportTo({ folder, format: format.data, first, last });
      const lines = written.files.map(({ name, first: from, last: to, sha256 }) => `${name}: entries ${from} to ${to}, SHA-256 ${sha256}`);
      return { json: written, text: lines.join('\n') || 'There are no such entries.' };
    });
  },
};

/** Null where the option is absent. */
function whole({ values }: CommandContext, option: string): number | null {
  const given = values[option];
  if (given === undefined) return null;
  if (typeof given !== 'string' || !/^\d{1,15}$/.test(given)) throw new UsageError(`Give a whole number with --${option}.`);
  return Number(given);
}

/** Milliseconds; anything that names a day or a moment. Null where the option is absent. */
function time({ values }: CommandContext, option: string): number | null {
  const given = values[option];
  if (given === undefined) return null;
  const at = Date.parse(String(given));
  if (Number.isNaN(at)) throw new UsageError(`Give a time like 2026-01-31 or 2026-01-31T12:00Z with --${option}.`);
  return at;
}

/** What is there of an object. */
function defined<T extends object>(values: T): { [K in keyof T]?: NonNullable<T[K]> } {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined && value !== null)) as {
    [K in keyof T]?: NonNullable<T[K]>;
  };
}
