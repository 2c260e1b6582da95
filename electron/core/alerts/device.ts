import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { arch, hostname, platform } from 'node:os';

/**
 * By what this machine is known again in one vault, and in no other: 16 hex digits of SHA-256 over the vault's id and the
 * machine's name, system and (Linux) machine id (machine-id(5) asks not to show it itself). Nothing proves it: whoever
 * owns a machine can give it another's name.
 */
export function deviceOf(vaultId: string): string {
  const machine = [vaultId, platform(), arch(), hostname(), machineId()].join('\n');
  return createHash('sha256').update(machine).digest('hex').slice(0, 16);
}

function machineId(): string {
  if (platform() !== 'linux') return '';
  try {
    return readFileSync('/etc/machine-id', 'utf8').trim();
  } catch {
    // Not every system has one; the name and kind of the machine are left.
    return '';
  }
}
