/** What moves a terminal's cursor, hides text or turns its direction: control characters but line end and tab, and marks of direction. */
// oxlint-disable-next-line no-control-regex -- these are what is looked for
const controls = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/g;

/**
 * A text for a terminal: names from files, reports and certificates are others' words, and could forge a verdict there.
 * Inside of JSON the replacement is the same text.
 */
export function printable(text: string): string {
  return text.replaceAll(controls, escaped);
}

/** One that stands on a line of its own and cannot begin another. */
export function oneLine(text: string): string {
  return printable(text).replaceAll(/[\n\t]/g, escaped);
}

function escaped(character: string): string {
  return String.raw`\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
