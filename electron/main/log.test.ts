import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { logChildLine } from './child-lines.ts';
import { openLog, type Log } from './log.ts';
import { redact } from './redact.ts';

test.each([
  ['core ended: code 9, killed', 'core ended: code 9, killed'],
  ['inference: 42 tokens in 1200 ms, 3.5 s', 'inference: 42 tokens in 1200 ms, 3.5 s'],
  ["ENOENT: no such file, open '/home/li/病历/张三.pdf'", "ENOENT: no such file, open '<path>'"],
  ['C:\\Users\\li\\case 7.pdf is damaged', '<path>'],
  ['from file:///home/li/x.txt today', 'from <url> today'],
  [`Unexpected token 'D', "Dear Mr Smith, your account" is not valid JSON`, "Unexpected token 'D', <text> is not valid JSON"],
  ['card 6222 0212 3456 7890 123 and 11010519491231002X', 'card <number> and <number>'],
  ['mail li.wei@example.com', 'mail <mail>'],
  ['key 00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff', 'key <hex>'],
  ['患者张三 was read', '<text> was read'],
])('%s', (line, expected) => {
  const clean = redact(line, '/opt/redoubt');
  if (expected === '<path>') expect(clean).not.toMatch(/li|Users/);
  else expect(clean).toBe(expected);
});

test('keeps the places of our own code, whose paths find the bug', () => {
  expect(redact('at run (file:///opt/redoubt/out/main/index.js:12:5) of /home/li/secret/x', '/opt/redoubt')).toBe(
    'at run (app:out/main/index.js:12:5) of <path>',
  );
});

test('writes redacted lines to a file that only its owner reads', () => {
  const file = join(mkdtempSync(join(tmpdir(), 'log-')), 'redoubt.log');
  const log = openLog(file, '/opt/redoubt');
  log.info('started');
  log.error('reading failed', new Error("cannot read '/home/li/张三.pdf'"));
  const text = readFileSync(file, 'utf8');
  expect(text).toContain('started');
  expect(text).toContain('reading failed');
  expect(text).not.toMatch(/张三|\/home/);
});

test('what a child says keeps its stack and loses its content', () => {
  const lines: string[] = [];
  const clean = (kind: string) => (text: string) => void lines.push(`${kind} ${redact(text, '/opt/redoubt')}`);
  const log: Log = { info: clean('info'), warn: clean('warn'), error: clean('error') };
  logChildLine(
    log,
    'core',
    'stderr',
    JSON.stringify({
      at: '2026-11-20T10:00:00Z',
      level: 'error',
      event: 'bug',
      where: 'runs.start',
      error: 'TypeError',
      stack: 'at run (file:///opt/redoubt/out/processes/core.js:1:2)',
    }),
  );
  logChildLine(log, 'core', 'stderr', JSON.stringify({ at: '2026-11-20T10:00:00Z', level: 'info', event: 'opened', ms: 12 }));
  logChildLine(log, 'documents', 'stderr', '{"text": "Dear Mr Smith, about your account"');
  logChildLine(log, 'inference', 'stdout', 'ready');
  expect(lines).toEqual([
    'error core: bug, where = runs.start, error = TypeError, stack = at run (app:out/processes/core.js:1:2)',
    'info core: opened, ms = 12',
    'warn documents: {"text": <text>',
    'info inference: ready',
  ]);
});
