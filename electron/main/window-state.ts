import { closeSync, fsyncSync, mkdirSync, openSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Rectangle } from 'electron';
import { z } from 'zod';

const bounds = z.object({
  x: z.number().int(),
  y: z.number().int(),
  width: z.number().int().positive(),
  height: z.number().int().positive(),
});

const windowState = z.object({
  bounds: bounds.nullable().default(null),
  maximized: z.boolean().default(false),
  /** Null: follow the system. */
  language: z.enum(['en', 'zh-CN']).nullable().default(null),
  scheme: z.enum(['system', 'light', 'dark']).default('system'),
});
/** What the window remembers between starts; nothing of the vault. */
export type WindowState = z.infer<typeof windowState>;

export const smallest = { width: 960, height: 640 };
const usual = { width: 1440, height: 900 };

/** Reads the remembered state; a missing or damaged file means the defaults. */
export function readWindowState(file: string): WindowState {
  try {
    return windowState.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    return windowState.parse({});
  }
}

/** Replaces the file in one step, so that a power cut leaves the old state or the new one. */
export function writeWindowState(file: string, state: WindowState): void {
  mkdirSync(dirname(file), { recursive: true });
  const temporary = `${file}.new`;
  const handle = openSync(temporary, 'w', 0o600);
  try {
    writeFileSync(handle, JSON.stringify(state));
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
  renameSync(temporary, file);
}

/**
 * The remembered bounds moved and shrunk into the display they overlap most, or centred on the first display when that
 * display is gone. `workAreas` is never empty.
 */
export function placeWindow(remembered: Rectangle | null, workAreas: readonly Rectangle[]): Rectangle {
  const wanted = remembered ?? { x: 0, y: 0, ...usual };
  const first = workAreas[0] ?? { x: 0, y: 0, ...usual };
  const best = workAreas.reduce((left, right) => (overlap(wanted, right) > overlap(wanted, left) ? right : left), first);
  const width = Math.min(Math.max(wanted.width, smallest.width), best.width);
  const height = Math.min(Math.max(wanted.height, smallest.height), best.height);
  if (!remembered || overlap(wanted, best) === 0) {
    return { x: best.x + Math.floor((best.width - width) / 2), y: best.y + Math.floor((best.height - height) / 2), width, height };
  }
  return {
    x: clamp(wanted.x, best.x, best.x + best.width - width),
    y: clamp(wanted.y, best.y, best.y + best.height - height),
    width,
    height,
  };
}

function overlap(a: Rectangle, b: Rectangle): number {
  const width = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x);
  const height = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y);
  return Math.max(0, width) * Math.max(0, height);
}

function clamp(value: number, low: number, high: number): number {
  return Math.min(Math.max(value, low), high);
}
