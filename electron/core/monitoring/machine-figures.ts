import os from 'node:os';

export type MachineFigures = { readonly cpu: number; readonly memoryUsedBytes: number; readonly memoryTotalBytes: number };
type CpuTimes = { readonly busy: number; readonly total: number };

/** The whole machine: share of all cores busy since the reading before, and memory that other programs cannot have. */
export class MachineMeter {
  #before = cpuTimes();

  read(): MachineFigures {
    const now = cpuTimes();
    const total = now.total - this.#before.total;
    const cpu = total > 0 ? Math.min(1, Math.max(0, (now.busy - this.#before.busy) / total)) : 0;
    this.#before = now;
    // A container or job object may grant less than the machine has; `availableMemory` knows it too.
    const granted = process.constrainedMemory();
    const memoryTotalBytes = granted > 0 && granted < os.totalmem() ? granted : os.totalmem();
    return { cpu, memoryTotalBytes, memoryUsedBytes: Math.max(0, memoryTotalBytes - process.availableMemory()) };
  }
}

function cpuTimes(): CpuTimes {
  let busy = 0;
  let total = 0;
  for (const { times } of os.cpus()) {
    const working = times.user + times.nice + times.sys + times.irq;
    busy += working;
    total += working + times.idle;
  }
  return { busy, total };
}
