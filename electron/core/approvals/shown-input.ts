import type { Json } from '../contract/base.ts';

/** Members of inputs that are secret, wherever they stand. */
const secrets: ReadonlySet<string> = new Set([
  'proof',
  'password',
  'currentPassword',
  'newPassword',
  'bindPassword',
  'pin',
  'passphrase',
  'keyPem',
  'code',
  'shares',
  'base64',
]);
const longestText = 300;
const longestList = 50;

/** What a second person is shown of a call's input: without secrets, and no longer than can be read. */
export function shownInput(input: Json): Json {
  if (typeof input === 'string') return input.length > longestText ? `${input.slice(0, longestText)}…` : input;
  if (Array.isArray(input)) {
    const shown = input.slice(0, longestList).map(shownInput);
    return input.length > longestList ? [...shown, `… ${input.length - longestList} more`] : shown;
  }
  if (typeof input !== 'object' || input === null) return input;
  const members = Object.entries(input).filter(([name]) => !secrets.has(name));
  return Object.fromEntries(members.map(([name, value]) => [name, shownInput(value ?? null)]));
}
