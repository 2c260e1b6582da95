import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import type { GpuSample } from '../contract/monitor.ts';

/** Where NVIDIA's driver puts its tool. Full paths only: a program of that name elsewhere on the path is not asked. */
const places: Partial<Record<NodeJS.Platform, readonly string[]>> = {
  linux: ['/usr/bin/nvidia-smi', '/usr/lib/wsl/lib/nvidia-smi', '/run/current-system/sw/bin/nvidia-smi'],
  win32: ['C:\\Windows\\System32\\nvidia-smi.exe', 'C:\\Program Files\\NVIDIA Corporation\\NVSMI\\nvidia-smi.exe'],
};
const query = ['--query-gpu=name,utilization.gpu,memory.used,memory.total', '--format=csv,noheader,nounits'];
const interval = 5_000;
const timeout = 4_000;
/** Windows programs do not start without it. */
const environment = process.env['SystemRoot'] === undefined ? {} : { SystemRoot: process.env['SystemRoot'] };
/** A tool that failed this often in a row is not asked again in this process. */
const patience = 3;

/** Graphics devices as the driver's own tool sees them, asked every five seconds and never waited for. */
export class GpuProbe {
  readonly #tool: string | null;
  #latest: GpuSample[] = [];
  #askedAt = -Infinity;
  #asking: Promise<void> | null = null;
  #failures = 0;

  constructor(tool: string | null = findTool()) {
    this.#tool = tool;
  }

  /** What the last answer said; starts the next question when it is due. Empty where there is no tool. */
  read(): readonly GpuSample[] {
    const due = performance.now() - this.#askedAt >= interval;
    if (this.#tool !== null && due && !this.#asking && this.#failures < patience) {
      this.#askedAt = performance.now();
      this.#asking = this.#ask(this.#tool).finally(() => (this.#asking = null));
    }
    return this.#latest;
  }

  /** Settles when no question is open. */
  async settled(): Promise<void> {
    await this.#asking;
  }

  async #ask(tool: string): Promise<void> {
    const answer = await new Promise<string | null>((resolve) => {
      execFile(tool, query, { timeout, windowsHide: true, maxBuffer: 64 * 1024, env: environment }, (error, stdout) =>
        resolve(error ? null : stdout),
      );
    });
    this.#failures = answer === null ? this.#failures + 1 : 0;
    this.#latest = answer === null ? [] : parseGpus(answer);
  }
}

/** Reads the tool's lines (`name, percent, MiB, MiB`); a figure the driver does not give is `[N/A]` there and null here. */
export function parseGpus(lines: string): GpuSample[] {
  return lines.split('\n').flatMap((line) => {
    const cells = line.split(',').map((cell) => cell.trim());
    const [total, used, percent] = [cells.pop(), cells.pop(), cells.pop()].map(figure);
    const name = cells.join(', ');
    if (name === '' || total === undefined || used === undefined || percent === undefined) return [];
    return [
      {
        name,
        utilisation: percent === null ? null : Math.min(1, percent / 100),
        memoryUsedBytes: mebibytes(used),
        memoryTotalBytes: mebibytes(total),
      },
    ];
  });
}

function figure(cell: string | undefined): number | null | undefined {
  if (cell === undefined) return undefined;
  return /^\d+(\.\d+)?$/.test(cell) ? Number(cell) : null;
}

function mebibytes(value: number | null): number | null {
  return value === null ? null : Math.round(value * 1024 * 1024);
}

function findTool(): string | null {
  return places[process.platform]?.find((path) => existsSync(path)) ?? null;
}
