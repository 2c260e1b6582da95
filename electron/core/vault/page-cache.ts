import { totalmem } from 'node:os';

const [leastKiB, mostKiB] = [128 * 1024, 512 * 1024];
const share = 1 / 32;

/**
 * How much of the database stays decrypted in memory once it was used, KiB: a page that is not there is checked and
 * decrypted anew, which takes four times as long as reading it. Reads
 * whose pages are there are about as fast as unencrypted ones; where half of them are, half as fast. 8 GiB of memory give 256 MiB.
 */
export function pageCacheKiB(memoryBytes: number = grantedBytes()): number {
  return Math.min(mostKiB, Math.max(leastKiB, Math.floor((memoryBytes * share) / 1024)));
}

/** A container may grant less than the machine has; 0 and numbers beyond it mean no limit. */
function grantedBytes(): number {
  const granted = process.constrainedMemory();
  return granted > 0 ? Math.min(granted, totalmem()) : totalmem();
}
