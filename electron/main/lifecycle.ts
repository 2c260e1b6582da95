import type { HostLockReason } from '../core/supervision/messages.ts';
import type { AppPart, PowerPart } from './electron-parts.ts';
import type { Log } from './log.ts';

const screenMs = 2_000;

/**
 * Holds the end of the application back once, until the processes have finished what they were writing. Runs after the
 * windows have closed, so that nobody looks at a dead page. `stop` is bounded by the supervisor's own time-out.
 */
export function quitDrained(app: AppPart, stop: () => Promise<void>, log: Log): void {
  let draining = false;
  app.on('will-quit', (event) => {
    event.preventDefault();
    if (draining) return;
    draining = true;
    stop()
      .catch((error: unknown) => log.error('the processes did not stop in order', error))
      .finally(() => app.exit(0));
  });
}

/**
 * Locks the vault when the machine sleeps or its screen is locked, ends in order when it shuts down, and tells core when
 * it runs on battery, where Electron knows it (on Linux core looks for itself).
 */
export function followPower(
  power: PowerPart,
  platform: NodeJS.Platform,
  act: { lock(reason: HostLockReason): void; quit(): void; battery(onBattery: boolean): void },
): void {
  power.on('suspend', () => act.lock('suspend'));
  power.on('lock-screen', () => act.lock('screen'));
  power.on('user-did-resign-active', () => act.lock('user-switch'));
  if (platform === 'linux') watchScreen(power, () => act.lock('screen'));
  power.on('shutdown', () => act.quit());
  if (platform === 'linux') return;
  power.on('on-ac', () => act.battery(false));
  power.on('on-battery', () => act.battery(true));
  act.battery(power.onBatteryPower);
}

/** On Linux no event tells that the screen was locked, but the desktop answers when it is asked. */
function watchScreen(power: PowerPart, onLocked: () => void): void {
  let locked = false;
  setInterval(() => {
    const before = locked;
    locked = power.getSystemIdleState(screenMs / 1_000) === 'locked';
    if (locked && !before) onLocked();
  }, screenMs).unref();
}
