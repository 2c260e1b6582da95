/** Where the lines of an axis stand. The first and the last are its ends. */
export type Scale = { readonly from: number; readonly to: number; readonly ticks: readonly number[] };

/** About `count` ticks at 1, 2 or 5 times a power of ten around the values and zero; whole numbers where all values are whole. */
export function scaleOf(values: readonly number[], count = 5): Scale {
  const least = values.reduce((a, b) => Math.min(a, b), 0);
  const most = values.reduce((a, b) => Math.max(a, b), 0);
  const whole = values.every((value) => Number.isInteger(value));
  const range = most - least || 1;
  const rough = range / count;
  const power = 10 ** Math.floor(Math.log10(rough));
  const factor = [1, 2, 5, 10].find((each) => each * power >= rough * 0.999) ?? 10;
  const step = whole ? Math.max(1, factor * power) : factor * power;
  const from = Math.floor(least / step + 1e-9);
  const to = Math.max(from + 1, Math.ceil(most / step - 1e-9));
  // Of whole steps, so that 0.1 + 0.2 is shown as 0.3.
  const ticks = Array.from({ length: to - from + 1 }, (_, index) => Number(((from + index) * step).toPrecision(12)));
  return { from: ticks[0] ?? 0, to: ticks.at(-1) ?? 1, ticks };
}

const magnitudes = [
  [1e12, 'T'],
  [1e9, 'B'],
  [1e6, 'M'],
] as const;

/** A number as charts show it: `12,500`, `0.25`, `1.25B`. (Making an Intl.NumberFormat takes longer than drawing a chart.) */
export function figure(value: number): string {
  const size = Math.abs(value);
  if (size > 0 && size < 1e-4) return value.toExponential(2);
  const [unit, name] = size >= 1e7 ? (magnitudes.find(([each]) => size >= each) ?? [1, '']) : [1, ''];
  const digits = String(Number((value / unit).toPrecision(unit === 1 ? 7 : 4)));
  const [whole = '', fraction] = digits.split('.');
  const grouped = /^-?\d+$/.test(whole) ? whole.replace(/\B(?=(\d{3})+$)/g, ',') : whole;
  return `${grouped}${fraction === undefined ? '' : `.${fraction}`}${name}`;
}
