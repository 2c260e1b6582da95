/** A time as reports show it: UTC, to the second. `at`: milliseconds since the epoch. */
export function time(at: number): string {
  return new Date(at).toISOString().slice(0, 19).replace('T', ' ');
}
