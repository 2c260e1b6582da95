/** What a person did, by the key of its text; `merge` lets the next act with the same value join this one (typing, nudging). */
export type Act = { readonly label: string; readonly merge?: string };
type Step<T> = { readonly before: T; readonly act: Act };
export type History<T> = {
  readonly past: readonly Step<T>[];
  readonly present: T;
  readonly future: readonly { readonly after: T; readonly act: Act }[];
  /** True while the last step may still take in the next act. */
  readonly open: boolean;
};

const limit = 500;

export function startHistory<T>(present: T): History<T> {
  return { past: [], present, future: [], open: false };
}

/** Records `next` as the result of `act`. What could be redone is gone. Nothing happens when nothing changed. */
export function commit<T>(history: History<T>, act: Act, next: T): History<T> {
  if (next === history.present) return history;
  const last = history.past.at(-1);
  const joins = history.open && act.merge !== undefined && last?.act.merge === act.merge;
  const past = joins ? history.past : [...history.past, { before: history.present, act }].slice(-limit);
  return { past, present: next, future: [], open: act.merge !== undefined };
}

/** Ends the merging of acts: the next one is a step of its own. */
export function seal<T>(history: History<T>): History<T> {
  return history.open ? { ...history, open: false } : history;
}

export function undo<T>(history: History<T>): History<T> {
  const step = history.past.at(-1);
  if (!step) return history;
  return {
    past: history.past.slice(0, -1),
    present: step.before,
    future: [{ after: history.present, act: step.act }, ...history.future],
    open: false,
  };
}

export function redo<T>(history: History<T>): History<T> {
  const [step, ...future] = history.future;
  if (!step) return history;
  return { past: [...history.past, { before: history.present, act: step.act }], present: step.after, future, open: false };
}
