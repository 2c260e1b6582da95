import { say, type Language, type TextCode, type Values } from './texts.ts';

/** One thing that was looked at in one file; `text` says what came out. */
export type Check = { readonly file: string; readonly ok: boolean; readonly code: TextCode; readonly values: Values };

export function good(file: string, code: TextCode, values: Values = {}): Check {
  return { file, ok: true, code, values };
}

export function bad(file: string, code: TextCode, values: Values = {}): Check {
  return { file, ok: false, code, values };
}

export function sayCheck({ file, ok, code, values }: Check, language: Language): { file: string; ok: boolean; message: string } {
  return { file, ok, message: say(code, values, language) };
}
