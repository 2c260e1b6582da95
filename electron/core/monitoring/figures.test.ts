import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { GpuProbe, parseGpus } from './gpu-probe.ts';
import { History } from './history.ts';
import { MachineMeter } from './machine-figures.ts';
import { parseProc, ProcessMeter } from './process-figures.ts';

/** Keeps this process busy until its own processor time has grown by `ms`. */
function burn(ms: number): void {
  const until = process.cpuUsage().user + ms * 1000;
  while (process.cpuUsage().user < until);
}

test('the machine: shares between 0 and 1, memory within what there is', () => {
  const meter = new MachineMeter();
  burn(50);
  const { cpu, memoryUsedBytes, memoryTotalBytes } = meter.read();
  expect(cpu).toBeGreaterThan(0);
  expect(cpu).toBeLessThanOrEqual(1);
  expect(memoryUsedBytes).toBeGreaterThan(0);
  expect(memoryUsedBytes).toBeLessThanOrEqual(memoryTotalBytes);
});

test('own process: the same memory and processor time that Node itself reports', () => {
  for (const platform of ['linux', 'darwin'] as const) {
    if (platform === 'linux' && process.platform !== 'linux') continue;
    const meter = new ProcessMeter(platform);
    const [first] = meter.read([process.pid]);
    expect(first?.cpu).toBeNull();
    burn(50);
    const [second, nobody] = meter.read([process.pid, null]);
    expect(second?.cpu).toBeGreaterThan(0);
    expect((second?.residentBytes ?? 0) / process.memoryUsage.rss()).toBeCloseTo(1, 0);
    expect(nobody).toEqual({ residentBytes: null, cpu: null });
  }
});

describe.runIf(process.platform === 'linux')('other processes', () => {
  test('are measured while they live and absent afterwards', async () => {
    const child = spawn(process.execPath, ['-e', "process.stdout.write('up'); const t = Date.now(); while (Date.now() - t < 60000);"], {
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    await once(child.stdout, 'data');
    const pid = child.pid ?? null;
    const meter = new ProcessMeter();
    meter.read([pid]);
    await expect.poll(() => meter.read([pid])[0]?.cpu ?? 0).toBeGreaterThan(0);
    expect(meter.read([pid])[0]?.residentBytes).toBeGreaterThan(10 * 1024 * 1024);
    child.kill('SIGKILL');
    await once(child, 'exit');
    expect(meter.read([pid])).toEqual([{ residentBytes: null, cpu: null }]);
  });
});

test('elsewhere than on Linux nothing is claimed of other processes', () => {
  expect(new ProcessMeter('win32').read([process.ppid])).toEqual([{ residentBytes: null, cpu: null }]);
});

test('reads /proc whatever the program is called', () => {
  const status = 'Name:\tx\nVmPeak:\t  900 kB\nVmRSS:\t   512 kB\nThreads:\t3\n';
  const rest = 'S 1 2 3 0 -1 4194560 5 0 0 0 150 50 0 0 20 0 3 0 777 1000 128 rest';
  fc.assert(
    fc.property(fc.string({ maxLength: 15 }), (name) => {
      expect(parseProc(`42 (${name}) ${rest}`, status)).toEqual({ residentBytes: 512 * 1024, cpuMs: 2000, startedAt: '777' });
    }),
  );
  expect(parseProc('42 (zombie) Z 1', 'Name:\tzombie\n')).toBeNull();
});

test('reads what the driver says of its devices, and null for what it does not', () => {
  const mebibyte = 1024 * 1024;
  expect(parseGpus('NVIDIA H200, 37, 1024, 143771\nNVIDIA A100-SXM4, 80GB, [N/A], [N/A], 81920\n\nerror: no device\n')).toEqual([
    { name: 'NVIDIA H200', utilisation: 0.37, memoryUsedBytes: 1024 * mebibyte, memoryTotalBytes: 143_771 * mebibyte },
    { name: 'NVIDIA A100-SXM4, 80GB', utilisation: null, memoryUsedBytes: null, memoryTotalBytes: 81_920 * mebibyte },
  ]);
});

describe.runIf(process.platform !== 'win32')('the driver tool', () => {
  const tool = (script: string) => {
    const path = join(mkdtempSync(join(tmpdir(), 'gpu-')), 'nvidia-smi');
    writeFileSync(path, `#!/bin/sh\n${script}\n`);
    chmodSync(path, 0o755);
    return path;
  };

  test('is asked in the background and answers the next reading', async () => {
    const probe = new GpuProbe(tool('echo "Device, 50, 1, 2"'));
    expect(probe.read()).toEqual([]);
    await probe.settled();
    expect(probe.read()).toEqual([{ name: 'Device', utilisation: 0.5, memoryUsedBytes: 1_048_576, memoryTotalBytes: 2_097_152 }]);
  });

  test('that fails or is missing leaves no device', async () => {
    for (const path of [tool('exit 9'), '/nowhere/nvidia-smi', null]) {
      const probe = new GpuProbe(path);
      probe.read();
      await probe.settled();
      expect(probe.read()).toEqual([]);
    }
  });
});

test('history forgets by age and by number, whatever the wall clock does', () => {
  let now = 0;
  const history = new History<number>(1000, 3, () => now);
  for (const value of [1, 2, 3, 4]) history.add(value);
  expect(history.values()).toEqual([2, 3, 4]);
  now = 900;
  history.add(5);
  now = 1001;
  expect(history.values()).toEqual([5]);
});
