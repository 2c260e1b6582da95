import { EventEmitter } from 'node:events';
import { expect, test } from 'vitest';
import type { PowerPart } from './electron-parts.ts';
import { followPower } from './lifecycle.ts';

test('core hears of battery and mains where Electron knows them, and never on Linux', () => {
  const heard = (platform: NodeJS.Platform) => {
    const power = Object.assign(new EventEmitter(), { onBatteryPower: true }) as EventEmitter & PowerPart;
    const told: boolean[] = [];
    followPower(power, platform, { lock: () => undefined, quit: () => undefined, battery: (onBattery) => told.push(onBattery) });
    power.emit('on-ac');
    power.emit('on-battery');
    return told;
  };
  expect([heard('win32'), heard('darwin'), heard('linux')]).toEqual([[true, false, true], [true, false, true], []]);
});
