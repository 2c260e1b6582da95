import { expect, test } from 'vitest';
import { InOrder } from './in-order.ts';
import { speak } from './speak.ts';

test('what is said at the same time is written one after the other, the first as it comes', () => {
  let written = '';
  const output = new InOrder((text) => (written += String(text)));
  const [first, second, third] = [output.speaker(), output.speaker(), output.speaker()];
  second.say('b');
  third.say('c');
  third.end();
  expect(written).toBe('');
  first.say('a');
  expect(written).toBe('a');
  second.end();
  first.say('A');
  first.end();
  expect(written).toBe('aAbc');
});

test('a program is heard on both its streams; its status is told, and one that a signal ended has failed', async () => {
  let said = '';
  const speaker = { say: (text: string | Uint8Array) => (said += Buffer.from(text as Uint8Array).toString()), end: () => undefined };
  const node = (code: string) => speak(speaker, process.execPath, ['-e', code], {});
  expect(await node('process.stderr.write("told "); process.stdout.write("x".repeat(200_000)); process.exitCode = 3')).toBe(3);
  expect(said.replace(/x+/, 'x').length).toBeLessThan(10);
  expect(said).toHaveLength(200_005);
  expect(await node('process.kill(process.pid, "SIGKILL")')).toBe(1);
});
