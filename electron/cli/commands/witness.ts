import { readFileSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import type { WitnessCheck } from '../../core/contract/witness.ts';
import { AppError } from '../../core/errors.ts';
import { writeFileAtomic } from '../../core/vault/atomic-file.ts';
import { formatAnswer } from '../../core/witness/answer.ts';
import { formatNoteKey } from '../../core/witness/note-key.ts';
import { parseRequest } from '../../core/witness/request.ts';
import { WitnessFolder } from '../../core/witness/witness-folder.ts';
import type { Client } from '../../local/client.ts';
import { UsageError, type Command, type CommandResult } from '../command.ts';
import { required } from './backup.ts';

const timeOf = (at: number) => new Date(at).toISOString().replace(/\.\d+Z$/, 'Z');
/** Requests and answers are smaller. */
const mostBytes = 65_536;

export const witnessInit: Command = {
  area: 'witness',
  verb: 'init',
  usage: '--folder DIR [--name NAME]',
  summary: 'Make a witness: a folder, best on removable media or another machine, that remembers heads of audit logs. Needs no vault.',
  options: { folder: { type: 'string' }, name: { type: 'string' } },
  positionals: [0, 0],
  run(context) {
    const folder = required(context, 'folder');
    const { name } = context.values;
    if (typeof name === 'string' && !/^[^\s+\p{C}]{1,80}$/u.test(name)) throw new UsageError('A name has no spaces and no plus sign.');
    const { key } = WitnessFolder.create(folder, typeof name === 'string' ? name : null);
    const text = `${folder} is the witness ${key.name}.\nIts key: ${formatNoteKey(key)}`;
    return Promise.resolve({ json: { folder, name: key.name, key: formatNoteKey(key) }, text });
  },
};

export const witnessCosign: Command = {
  area: 'witness',
  verb: 'cosign',
  usage: '--folder DIR (--vault DIR | --request FILE [--out FILE])',
  summary:
    'Have the witness in a folder cosign the head of an audit log, if it continues the one it saw last: of a vault here, or from a request file of another machine. Exit 1 if it refuses.',
  options: { folder: { type: 'string' }, request: { type: 'string' }, out: { type: 'string' } },
  positionals: [0, 0],
  run(context) {
    const folder = required(context, 'folder');
    const { request, out } = context.values;
    if (typeof request === 'string')
      return Promise.resolve(cosignRequest(folder, resolve(request), typeof out === 'string' ? resolve(out) : null));
    if (out !== undefined) throw new UsageError('--out belongs to --request.');
    const { key } = WitnessFolder.open(folder);
    return context.withVault(async ({ client }) => {
      const known = await knownId(client, formatNoteKey(key));
      const id = known ?? (await client.witness.add({ kind: 'folder', folder })).id;
      const cosigned = await client.witness.cosign({ id, folder });
      const text = `The witness ${cosigned.name} has cosigned ${cosigned.last?.size} entries, root ${cosigned.last?.rootHash}.`;
      return { json: cosigned, text };
    });
  },
};

function cosignRequest(folder: string, file: string, out: string | null): CommandResult {
  const witness = WitnessFolder.open(folder);
  const { head, ...request } = parseRequest(readSmall(file));
  try {
    const answer = witness.cosign(head.origin, request);
    if (out) writeFileAtomic(out, formatAnswer(answer));
    const done = `The witness ${witness.key.name} has cosigned ${head.size} entries of ${head.origin}.`;
    const text = out ? `${done} The answer is in ${out}.` : formatAnswer(answer).trimEnd();
    return { json: { ...answer, size: head.size }, text };
  } catch (error) {
    // The refusing witness still says what it has seen: who asks learns that it is behind.
    const seen = error instanceof AppError && error.code !== 'witness/busy' ? witness.seen(head.origin) : null;
    if (seen && out && error instanceof AppError) writeFileAtomic(out, formatAnswer(witness.answer(seen, error.code)));
    throw error;
  }
}

export const witnessCheck: Command = {
  area: 'witness',
  verb: 'check',
  usage: '--folder DIR [--vault DIR]',
  summary: 'Compare the audit log of a vault with what the witness in a folder has seen of it. Exit 1 unless the log continues it.',
  options: { folder: { type: 'string' } },
  positionals: [0, 0],
  run(context) {
    const folder = required(context, 'folder');
    const { key } = WitnessFolder.open(folder);
    return context.withVault(async ({ client }) => {
      const id = await knownId(client, formatNoteKey(key));
      const check = await client.witness.check({ id, folder });
      return { json: check, text: told(check), exit: check.verdict === 'consistent' ? 0 : 1 };
    });
  },
};

function told({ name, verdict, size, seenSize, seenAt }: WitnessCheck): string {
  const seen = `The witness ${name} has seen ${seenSize} entries${seenAt === null ? '' : ` on ${timeOf(seenAt)}`}; the log holds ${size}.`;
  const verdicts: Record<WitnessCheck['verdict'], string> = {
    consistent: `${seen} The log continues what it saw.`,
    new: `The witness ${name} has never seen this log, so it says nothing about it. Have it cosign.`,
    forgot: `The witness ${name} has cosigned more of this log than it remembers: its files were removed or put back. Keep the folder as evidence.`,
    older: `${seen} The vault was put back to an EARLIER STATE. Keep it as it is and find the newer copy.`,
    forked: `${seen} The log holds OTHER ENTRIES than the witness saw. Keep the vault as it is and find the true copy.`,
    'other-key': `The witness ${name} knows this log under ANOTHER KEY: it was made anew under its old name.`,
  };
  return verdicts[verdict];
}

export const witnessRequest: Command = {
  area: 'witness',
  verb: 'request',
  usage: '--out FILE [--witness NAME] [--vault DIR]',
  summary: 'Write the request that a witness on another machine needs. Without --witness: for one that has never seen this vault.',
  options: { out: { type: 'string' }, witness: { type: 'string' } },
  positionals: [0, 0],
  run(context) {
    const out = required(context, 'out');
    const { witness: name } = context.values;
    return context.withVault(async ({ client }) => {
      const { text, size } = await client.witness.request({ id: name === undefined ? null : await idOf(client, String(name)) });
      writeFileAtomic(out, text);
      return {
        json: { out, size },
        text: `The request for ${size} entries is in ${out}. Carry it to the witness and bring its answer back.`,
      };
    });
  },
};

export const witnessAccept: Command = {
  area: 'witness',
  verb: 'accept',
  usage: 'FILE [--trust] [--vault DIR]',
  summary: 'Take the answer of a witness on another machine into the vault; --trust where it is its first.',
  options: { trust: { type: 'boolean' } },
  positionals: [1, 1],
  run(context) {
    const text = readSmall(resolve(context.args[0] ?? ''));
    return context.withVault(async ({ client }) => {
      const taken = await client.witness.accept({ text, trust: context.values['trust'] === true });
      return {
        json: taken,
        text: `The witness ${taken.name} has cosigned ${taken.last?.size} entries; ${taken.behind} were written since.`,
      };
    });
  },
};

export const witnessList: Command = {
  area: 'witness',
  verb: 'list',
  usage: '[--vault DIR]',
  summary: 'List the witnesses that a vault trusts, and how much of its log each has seen.',
  positionals: [0, 0],
  run: ({ withVault }) =>
    withVault(async ({ client }) => {
      const witnesses = await client.witness.list();
      const lines = witnesses.map(({ name, key, last, behind, alarm }) => {
        const seen = last ? `${last.size} entries seen on ${timeOf(last.at)}, ${behind} since` : 'nothing seen yet';
        return `${name}  ${seen}${alarm ? `  ALARM: ${alarm.verdict}` : ''}\n    ${key}`;
      });
      const none = 'No witness. Nobody could tell if this whole machine were put back to an earlier state.';
      return { json: { witnesses }, text: lines.join('\n') || none };
    }),
};

async function knownId(client: Client, key: string): Promise<string | null> {
  return (await client.witness.list()).find((each) => each.key === key)?.id ?? null;
}

async function idOf(client: Client, name: string): Promise<string> {
  const [found, ...others] = (await client.witness.list()).filter((each) => each.name === name || each.key === name);
  if (!found || others.length > 0)
    throw new AppError('witness/unknown', 'There is no such witness in the list. Look with: redoubt witness list');
  return found.id;
}

function readSmall(file: string): string {
  const entry = statSync(file, { throwIfNoEntry: false });
  if (!entry?.isFile()) throw new AppError('cli/no-file', `There is no file ${file}.`);
  if (entry.size > mostBytes)
    throw new AppError('witness/bad-request', 'This file is too large to be a request or an answer of a witness.');
  return readFileSync(file, 'utf8');
}
