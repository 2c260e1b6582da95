import { writeFileSync } from 'node:fs';

/**
 * Keeps the memory of this process, and of those it starts, out of core dumps. On Linux a dump then holds no mapping at
 * all; Node offers no other way to limit it. Elsewhere the system decides (macOS writes none unless it is told to).
 */
export function noCoreDump(): void {
  if (process.platform !== 'linux') return;
  try {
    writeFileSync('/proc/self/coredump_filter', '0');
  } catch {
    // A process that may write no file inherits it from the one that started it.
  }
}
