import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';

/** A clock that nobody can set, and the running of the machine that it counts. */
export type MachineClock = {
  /** The same for everything between a start of the machine and the next; where the system tells none, of this process. */
  readonly boot: string;
  /** Milliseconds that only grow within one `boot`. */
  uptimeMs(): number;
};

/** This machine: its boot id where the system has one (Linux), otherwise an id of this process, and the monotonic clock. */
export const thisMachine: MachineClock = {
  boot: systemBoot() ?? randomUUID(),
  uptimeMs: () => Number(process.hrtime.bigint() / 1_000_000n),
};

function systemBoot(): string | null {
  try {
    const id = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
    return /^[0-9a-f-]{36}$/.test(id) ? id : null;
  } catch {
    return null;
  }
}
