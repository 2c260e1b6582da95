import type { Words } from './words.ts';

/** `2026-11-20 09:30:00`, UTC. */
export function time(at: number): string {
  return new Date(at).toISOString().slice(0, 19).replace('T', ' ');
}

export function timeOr(at: number | null, otherwise: string): string {
  return at === null ? otherwise : time(at);
}

/** `2026-11-20`, UTC. */
export function day(at: number): string {
  return new Date(at).toISOString().slice(0, 10);
}

export function duration(from: number, to: number | null, { none }: Words): string {
  if (to === null) return none;
  const ms = to - from;
  return ms < 1000 ? `${ms} ms` : `${(ms / 1000).toFixed(1)} s`;
}
