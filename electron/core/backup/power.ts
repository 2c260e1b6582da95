import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** Whether the machine runs on battery: as the host says (desktop), else as Linux says; unknown counts as mains. */
export class Power {
  readonly #folder: string;
  #told: boolean | null = null;

  constructor(folder = '/sys/class/power_supply') {
    this.#folder = folder;
  }

  /** From the host, whenever it changes. */
  note(onBattery: boolean): void {
    this.#told = onBattery;
  }

  get onBattery(): boolean {
    if (this.#told !== null) return this.#told;
    const supplies = this.#supplies();
    if (supplies.some(({ type, online }) => type !== 'Battery' && online === '1')) return false;
    return supplies.some(({ type, status, scope }) => type === 'Battery' && status === 'Discharging' && scope !== 'Device');
  }

  /** Files of the kernel's power_supply class. `scope` Device: the battery of a mouse. */
  #supplies() {
    const read = (name: string, file: string) => {
      try {
        return readFileSync(join(this.#folder, name, file), 'utf8').trim();
      } catch {
        return '';
      }
    };
    let names: string[];
    try {
      names = readdirSync(this.#folder);
    } catch {
      names = [];
    }
    return names.map((name) => ({
      type: read(name, 'type'),
      online: read(name, 'online'),
      status: read(name, 'status'),
      scope: read(name, 'scope'),
    }));
  }
}
