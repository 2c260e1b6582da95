import { expect, onTestFinished, test, vi } from 'vitest';
import { stderrLog } from './log.ts';

test('a bug is logged by its kind and place, without any line of its message', () => {
  const lines: string[] = [];
  const write = vi.spyOn(process.stderr, 'write').mockImplementation((line) => lines.push(String(line)) > 0);
  onTestFinished(() => write.mockRestore());
  stderrLog.bug('flows.importYaml', new TypeError('bad mapping at line 2:\n\n  name: Zebra Crossing\n  at the end: Zebra\n        ^'));
  expect(lines).toHaveLength(1);
  expect(JSON.parse(lines[0] ?? '')).toMatchObject({
    level: 'error',
    where: 'flows.importYaml',
    error: 'TypeError',
    stack: expect.stringContaining('log.test.ts'),
  });
  expect(lines[0]).not.toContain('Zebra');
});
