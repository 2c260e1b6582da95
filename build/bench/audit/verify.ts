import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { AuditLog } from '../../../electron/core/audit/audit-log.ts';
import { statistics } from '../statistics.ts';
import { secondsUntil } from '../vault/timed.ts';

const runs = 5;

/** Verification of the whole log, and how long nothing else got its turn meanwhile. */
export async function verifyFigures(audit: AuditLog): Promise<Record<string, unknown>> {
  const seconds: number[] = [];
  const stalls: number[] = [];
  const cpuMicros: number[] = [];
  for (let run = 0; run < runs; run += 1) {
    const delay = monitorEventLoopDelay({ resolution: 1 });
    delay.enable();
    const before = process.cpuUsage();
    seconds.push(
      await secondsUntil(async () => {
        const { ok, problems } = await audit.verify();
        if (!ok) throw new Error(`the log of the bench does not verify: ${problems[0]?.message}`);
      }),
    );
    const { user, system } = process.cpuUsage(before);
    cpuMicros.push((user + system) / audit.head().size);
    delay.disable();
    stalls.push(delay.max / 1e6);
  }
  return {
    leaves: audit.head().size,
    seals: audit.sealed().count,
    seconds: { ...statistics(seconds), target: 5 },
    /** Of all cores, which load on the machine changes less than the seconds. */
    cpuMicrosPerLeaf: statistics(cpuMicros),
    longestStallMs: statistics(stalls),
  };
}
