import fc from 'fast-check';
import { expect, test } from 'vitest';
import { role } from '../../../contract/identity.ts';
import type { LeafContent } from '../../leaf.ts';
import { cefLine } from './cef.ts';
import { ecsLine } from './ecs.ts';
import type { LogEvent } from './event.ts';
import { syslogLine } from './syslog.ts';

const source = { origin: 'redoubt/0f3c', version: '1.2.3' };
const awkward = fc.oneof(
  fc.string({ unit: 'binary' }).map((text) => text.toWellFormed()),
  fc
    .array(fc.constantFrom('\\', '|', '=', '\n', '\r', '"', ']', ' ', ' act=', '中文', 'a', '\u0000', '\\n', '<34>1'))
    .map((all) => all.join('')),
);
const areas = ['documents', 'identity', 'vault', 'policies', 'system', 'model', 'audit', 'cases', 'keys', 'approvals', 'reports', 'backup'];
const verbs = ['import', 'remove', 'sign-in', 'sign-out', 'unlock', 'lock', 'set', 'read', 'export', 'call', 'clock-step', 'process-ended'];

const event: fc.Arbitrary<LogEvent> = fc
  .record({
    sequence: fc.nat(),
    at: fc.integer({ min: 0, max: 4_102_444_800_000 }),
    uptimeMs: fc.nat(),
    boot: fc.uuid(),
    actor: awkward,
    actorId: fc.option(awkward),
    session: fc.option(fc.uuid()),
    role: fc.option(fc.constantFrom(...role.options)),
    area: fc.constantFrom(...areas),
    verb: fc.constantFrom(...verbs),
    subject: awkward,
    caseId: fc.option(awkward),
    outcome: fc.constantFrom('done' as const, 'failed' as const, 'denied' as const),
    reason: fc.option(awkward),
    details: fc.dictionary(awkward, fc.oneof(awkward, fc.nat(), fc.boolean())),
  })
  .map(({ verb, ...leaf }) => ({ leaf: { ...leaf, action: `${leaf.area}.${verb}` } satisfies LeafContent, leafHash: 'ab'.repeat(32) }));

/** The values that ECS 8 allows. */
const ecs = {
  category:
    'api authentication configuration database driver email file host iam intrusion_detection library malware network package process registry session threat vulnerability web'.split(
      ' ',
    ),
  type: 'access admin allowed change connection creation deletion denied device end error group indicator info installation protocol start user'.split(
    ' ',
  ),
};

test('an ECS line is one line of JSON with the fields and values that ECS asks for', () => {
  fc.assert(
    fc.property(event, ({ leaf, leafHash }) => {
      const line = ecsLine({ leaf, leafHash }, source);
      expect(line).not.toContain('\n');
      const found = JSON.parse(line) as Record<string, Record<string, unknown>> & { '@timestamp': string };
      expect(found['@timestamp']).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
      expect(Date.parse(found['@timestamp'])).toBe(leaf.at);
      expect(found['ecs']).toEqual({ version: '8.17.0' });
      const { event: ecsEvent = {}, user, redoubt = {} } = found;
      expect(ecsEvent).toMatchObject({
        kind: 'event',
        action: leaf.action,
        sequence: leaf.sequence,
        hash: leafHash,
        dataset: 'redoubt.audit',
      });
      expect(ecsEvent['outcome']).toBe(leaf.outcome === 'done' ? 'success' : 'failure');
      expect((ecsEvent['category'] as string[]).filter((each) => !ecs.category.includes(each))).toEqual([]);
      expect((ecsEvent['type'] as string[]).filter((each) => !ecs.type.includes(each))).toEqual([]);
      expect(user).toEqual({
        name: leaf.actor,
        ...(leaf.actorId === null ? {} : { id: leaf.actorId }),
        ...(leaf.role === null ? {} : { roles: [leaf.role] }),
      });
      expect(redoubt['subject']).toBe(leaf.subject);
      expect(JSON.parse(redoubt['details'] as string)).toEqual(leaf.details);
    }),
  );
});

/** Reads CEF as its guide describes it, written from there: header fields at bars, then `key=value` up to the next key. */
function readCef(line: string): { header: string[]; extension: Record<string, string> } {
  const header: string[] = [];
  let field = '';
  let at = 0;
  for (; header.length < 7; at += 1) {
    const character = line[at];
    if (character === undefined) throw new Error('the header ends early');
    if (character === '|') {
      header.push(field);
      field = '';
    } else if (character === '\\') {
      at += 1;
      if (line[at] !== '|' && line[at] !== '\\') throw new Error('a bad escape in the header');
      field += line[at];
    } else field += character;
  }
  const extension: Record<string, string> = {};
  let key: string | null = null;
  let value = '';
  const rest = line.slice(at);
  for (let i = 0; i < rest.length; i += 1) {
    const next = /^(?:^| )(?<key>\w+)=/.exec(key === null ? ` ${rest.slice(i)}` : rest.slice(i));
    if (next && (key === null || rest[i] === ' ')) {
      if (key !== null) extension[key] = value;
      i += next[0].length - (key === null ? 2 : 1);
      key = next.groups?.['key'] ?? '';
      value = '';
    } else if (rest[i] === '\\') {
      i += 1;
      const read = { '\\': '\\', '=': '=', n: '\n', r: '\r' }[rest[i] ?? ''];
      if (read === undefined) throw new Error('a bad escape in a value');
      value += read;
    } else if (rest[i] === '=') throw new Error('an equals sign that is not escaped');
    else value += rest[i];
  }
  if (key !== null) extension[key] = value;
  return { header, extension };
}

test('what a CEF line says is read back as it was, whatever characters it holds', () => {
  fc.assert(
    fc.property(event, ({ leaf, leafHash }) => {
      const line = cefLine({ leaf, leafHash }, source);
      expect(line).not.toMatch(/[\r\n]/);
      const { header, extension } = readCef(line);
      expect(header.slice(0, 6)).toEqual(['CEF:0', 'Redoubt', 'Redoubt', '1.2.3', leaf.action, leaf.action]);
      expect(Number(header[6])).toBeGreaterThanOrEqual(0);
      expect(Number(header[6])).toBeLessThanOrEqual(10);
      const { cs5, ...rest } = extension;
      expect(JSON.parse(cs5 ?? '')).toEqual(leaf.details);
      expect(rest).toEqual(
        present({
          rt: String(leaf.at),
          externalId: String(leaf.sequence),
          cat: leaf.area,
          act: leaf.action,
          outcome: leaf.outcome,
          reason: leaf.reason,
          suser: leaf.actor,
          suid: leaf.actorId,
          spriv: leaf.role,
          dvchost: source.origin,
          cs1: leafHash,
          cs1Label: 'leafHash',
          cs2: leaf.subject,
          cs2Label: 'subject',
          cs3: leaf.caseId,
          cs3Label: leaf.caseId === null ? null : 'case',
          cs4: leaf.session,
          cs4Label: leaf.session === null ? null : 'session',
          cs5Label: 'details',
        }),
      );
    }),
  );
});

function present(values: Record<string, string | null>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== null));
}

/** Reads a message by the grammar of RFC 5424, section 6, character class by character class; throws where it does not fit. */
function readSyslog(line: string): { priority: number; timestamp: string; action: string; data: Record<string, string>; message: string } {
  const form =
    /^<(?<priority>0|[1-9]\d{0,2})>(?<version>[1-9]\d{0,2}) (?<timestamp>\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,6})?(?:Z|[+-]\d\d:\d\d)) (?<host>[!-~]{1,255}) (?<app>[!-~]{1,48}) (?<process>[!-~]{1,128}) (?<action>[!-~]{1,32}) (?<rest>\[.*)$/su;
  const { priority = '', timestamp = '', action = '', rest = '' } = form.exec(line)?.groups ?? {};
  if (Number(priority) > 191 || rest === '') throw new Error('no header');
  const id = /^\[(?<name>[^\u0000-\u0020="\]\u007f-\u{10ffff}]{1,32})/u.exec(rest);
  if (!id) throw new Error('no SD-ID');
  let at = id[0].length;
  const data: Record<string, string> = {};
  while (rest[at] === ' ') {
    const name = /^ (?<name>[^\u0000-\u0020="\]\u007f-\u{10ffff}]{1,32})="/u.exec(rest.slice(at));
    if (!name) throw new Error('no PARAM-NAME');
    at += name[0].length;
    let value = '';
    for (; rest[at] !== '"'; at += 1) {
      if (rest[at] === undefined || rest[at] === ']') throw new Error('a PARAM-VALUE that does not end');
      if (rest[at] === '\\' && ['"', '\\', ']'].includes(rest[at + 1] ?? '')) at += 1;
      value += rest[at];
    }
    at += 1;
    data[name.groups?.['name'] ?? ''] = value;
  }
  if (rest[at] !== ']' || !['', ' '].includes(rest.slice(at + 1, at + 2))) throw new Error('no end of the data');
  const message = rest.slice(at + 2);
  if (message !== '' && !message.startsWith('\u{feff}')) throw new Error('no byte order mark');
  return { priority: Number(priority), timestamp, action, data, message: message.slice(1) };
}

test('a syslog line fits the grammar of RFC 5424, and its values are read back', () => {
  fc.assert(
    fc.property(event, ({ leaf, leafHash }) => {
      const line = syslogLine({ leaf, leafHash }, source);
      expect(line).not.toMatch(/\p{Cc}/u);
      const { priority, timestamp, action, data, message } = readSyslog(line);
      // Facility 13, log audit.
      expect(Math.floor(priority / 8)).toBe(13);
      expect(Date.parse(timestamp)).toBe(leaf.at);
      expect(action).toBe(leaf.action.slice(0, 32));
      expect(JSON.parse(data['details'] ?? '')).toEqual(leaf.details);
      expect(data).toMatchObject({ sequence: String(leaf.sequence), leafHash, outcome: leaf.outcome, action: leaf.action });
      const shown = (text: string) => text.replaceAll(/\p{Cc}/gu, (each) => `\\u${each.charCodeAt(0).toString(16).padStart(4, '0')}`);
      expect([data['actor'], data['subject']]).toEqual([shown(leaf.actor), shown(leaf.subject)]);
      expect(message.startsWith(shown(leaf.actor))).toBe(true);
    }),
  );
});

test('a reader that is strict refuses what is not escaped', () => {
  expect(() => readCef('CEF:0|a|b|c|d|e|3|x=a=b')).toThrow('equals');
  expect(() => readSyslog(`<110>1 2026-01-01T00:00:00Z h a - m [x@1 v="a]b"] \u{feff}m`)).toThrow('does not end');
});
