import { mkdtempSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { placeWindow, readWindowState, writeWindowState, type WindowState } from './window-state.ts';

const folder = mkdtempSync(join(tmpdir(), 'window-'));
const defaults: WindowState = { bounds: null, maximized: false, language: null, scheme: 'system' };

test('remembers the window and survives a missing, torn or foreign file', () => {
  const file = join(folder, 'new', 'window.json');
  const state: WindowState = { bounds: { x: -5, y: 10, width: 1200, height: 800 }, maximized: true, language: 'zh-CN', scheme: 'dark' };
  expect(readWindowState(file)).toEqual(defaults);
  writeWindowState(file, state);
  expect(readWindowState(file)).toEqual(state);
  expect(readdirSync(join(folder, 'new'))).toEqual(['window.json']);
  for (const damaged of ['', '{"bounds":', '{"bounds":{"x":"a"}}', '[]', 'null', '{"bounds":{"x":0,"y":0,"width":-1,"height":5}}']) {
    writeFileSync(file, damaged);
    expect(readWindowState(file)).toEqual(defaults);
  }
});

test('returns to the place it had, and to the first display when that one is gone', () => {
  const displays = [
    { x: 0, y: 0, width: 1920, height: 1040 },
    { x: 1920, y: 0, width: 2560, height: 1400 },
  ];
  const onSecond = { x: 2000, y: 100, width: 1400, height: 900 };
  expect(placeWindow(onSecond, displays)).toEqual(onSecond);
  expect(placeWindow(onSecond, displays.slice(0, 1))).toEqual({ x: 260, y: 70, width: 1400, height: 900 });
  expect(placeWindow(null, displays)).toEqual({ x: 240, y: 70, width: 1440, height: 900 });
});

test('is always wholly inside one display', () => {
  const number = fc.integer({ min: -5000, max: 8000 });
  const size = fc.integer({ min: 1, max: 6000 });
  const rectangle = fc.record({ x: number, y: number, width: size, height: size });
  fc.assert(
    fc.property(fc.option(rectangle), fc.array(rectangle, { minLength: 1, maxLength: 4 }), (remembered, displays) => {
      const placed = placeWindow(remembered, displays);
      const inside = displays.some(
        (area) =>
          placed.x >= area.x &&
          placed.y >= area.y &&
          placed.x + placed.width <= area.x + area.width &&
          placed.y + placed.height <= area.y + area.height,
      );
      expect(inside).toBe(true);
    }),
  );
});
