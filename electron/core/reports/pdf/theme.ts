import { rgb } from '@libpdf/core';

/** Lengths are points; the origin of a page is at its bottom left. */
export const paper = { width: 595, height: 842 };
export const margin = { left: 56, right: 56, bottom: 66 };
export const contentWidth = paper.width - margin.left - margin.right;
/** Where content begins: below the head of the page. */
export const top = paper.height - 84;
export const contentHeight = top - margin.bottom;

export const ink = rgb(0.13, 0.15, 0.18);
export const quiet = rgb(0.4, 0.43, 0.48);
export const line = rgb(0.84, 0.86, 0.89);
export const band = rgb(0.955, 0.962, 0.97);
export const white = rgb(1, 1, 1);
export const good = rgb(0.09, 0.45, 0.27);
export const bad = rgb(0.7, 0.13, 0.13);
export const duty = rgb(0.32, 0.36, 0.44);
export const info = rgb(0.13, 0.36, 0.63);
export const warning = rgb(0.62, 0.37, 0.02);

/** Of the series of a chart: they differ in lightness as well as in hue, so that they tell apart in grey. */
export const seriesColors = [
  rgb(0.1, 0.29, 0.53),
  rgb(0.93, 0.56, 0.18),
  rgb(0.45, 0.71, 0.63),
  rgb(0.55, 0.13, 0.28),
  rgb(0.75, 0.75, 0.79),
  rgb(0.29, 0.3, 0.33),
];

/** The height of a line of text. */
export const lineHeight = (size: number) => size * 1.45;
