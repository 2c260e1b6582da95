import { i18n } from './i18n.ts';

const units = ['B', 'KB', 'MB', 'GB', 'TB'] as const;

/** Bytes with a binary-step unit and three significant digits: `1.44 MB`. */
export function formatBytes(bytes: number): string {
  let value = bytes;
  let step = 0;
  while (value >= 1024 && step < units.length - 1) {
    value /= 1024;
    step += 1;
  }
  const digits = step === 0 || value >= 100 ? 0 : value >= 10 ? 1 : 2;
  return `${formatNumber(value, digits)} ${units[step] ?? ''}`;
}

/** A number with the language's own grouping. */
export function formatNumber(value: number, digits = 0): string {
  return new Intl.NumberFormat(i18n.language, { maximumFractionDigits: digits, minimumFractionDigits: 0 }).format(value);
}

/** Parameters of a model: `1.2 B`, `100 M`, `412 K`. */
export function formatCount(value: number): string {
  if (value >= 1e9) return `${formatNumber(value / 1e9, 1)} B`;
  if (value >= 1e6) return `${formatNumber(value / 1e6, 0)} M`;
  if (value >= 1e3) return `${formatNumber(value / 1e3, 0)} K`;
  return formatNumber(value);
}

export function formatPercent(fraction: number, digits = 0): string {
  return new Intl.NumberFormat(i18n.language, { style: 'percent', maximumFractionDigits: digits }).format(fraction);
}

/** A span of time: `840 ms`, `3.2 s`, `4 min 10 s`, `2 h 5 min`. */
export function formatDuration(ms: number): string {
  if (ms < 1000) return `${formatNumber(ms)} ms`;
  if (ms < 60_000) return `${formatNumber(ms / 1000, 1)} s`;
  const seconds = Math.round(ms / 1000);
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
  return `${Math.floor(seconds / 3600)} h ${Math.floor((seconds % 3600) / 60)} min`;
}

/** A local time for a table cell: the day is left out when it is today. */
export function formatTime(at: number, now = Date.now()): string {
  const date = new Date(at);
  const today = date.toDateString() === new Date(now).toDateString();
  return date.toLocaleString(i18n.language, today ? { timeStyle: 'medium' } : { dateStyle: 'medium', timeStyle: 'short' });
}

/** A local day: `20 Nov 2026`. */
export function formatDay(at: number): string {
  return new Date(at).toLocaleDateString(i18n.language, { dateStyle: 'medium' });
}

/** The whole local time with its zone, for the hover. */
export function formatTimeWithZone(at: number): string {
  return new Date(at).toLocaleString(i18n.language, {
    year: 'numeric',
    month: 'long',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    timeZoneName: 'longOffset',
  });
}
