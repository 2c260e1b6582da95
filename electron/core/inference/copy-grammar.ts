/** A field that an extraction asks for, in the order of the answer. */
export type ExtractionField = { readonly name: string; readonly kind: 'text' | 'number' | 'truth'; readonly description: string | null };

/** Han characters stand alone; other words run to white space, except that marks around them stand alone too. */
const word = /\p{Script=Han}|(?:[^\s\p{Script=Han}:：=|;；,，、。()（）《》"\\[\]]|(?<=\d)[:,](?=\d))+|[^\s]/gu;
const canStart = /^[\p{L}\p{N}\p{Sc}(（《+#@-]/u;
const canEnd = /[\p{L}\p{N}\p{Sc})）》%.+]$/u;
/** What no value reaches across: marks that JSON would have to escape, and the wide gaps between columns. */
const apart = /["\\\p{Cc}]+|\s{2,}|\u3000/u;
/** Groups of digits with single spaces between them are one number: a telephone number, an account. */
const digits = /^[+\d][\d-]*$/;
const number = '"-"? ("0" | [1-9] [0-9]{0,15}) ("." [0-9]{1,10})?';

/**
 * A GBNF grammar for the object `{"name":value,…}` whose texts are null or stretches of whole words copied from one line
 * (or column) of `text`: a model that follows it cannot invent a value. One rule per word, so its size grows with the text.
 */
export function copyGrammar(fields: readonly ExtractionField[], text: string): string {
  const rules: string[] = [];
  const starts = new Map<string, string[]>();
  const addLine = (line: string) => {
    const words = [...line.matchAll(word)];
    for (const [i, match] of words.entries()) {
      const next = words[i + 1];
      const gap = next ? line.slice(match.index + match[0].length, next.index) : '';
      const rule = `c${rules.length}`;
      // Rule c<n> is what may follow word n: nothing, or the gap, the next word and what may follow that.
      const goOn = next ? `${literal(gap + next[0])} c${rules.length + 1}` : null;
      const mayEnd = canEnd.test(match[0]) && !(gap === ' ' && digits.test(match[0]) && digits.test(next?.[0] ?? ''));
      rules.push(`${rule} ::= ${[goOn, mayEnd || !goOn ? '""' : null].filter((part) => part !== null).join(' | ')}`);
      if (canStart.test(match[0])) starts.set(match[0], [...(starts.get(match[0]) ?? []), rule]);
    }
  };
  for (const line of text.split(/\r?\n/u)) for (const part of line.split(apart)) addLine(part);

  const copies = [...starts].map(([first, rest]) => `${literal(first)} (${rest.join(' | ')})`).join(' | ');
  const kinds = {
    text: copies === '' ? '"null"' : '"null" | "\\"" copy "\\""',
    number: `"null" | ${number}`,
    truth: '"null" | "true" | "false"',
  };
  const members = fields.map(({ name, kind }, i) => `${literal(`${i === 0 ? '' : ','}${JSON.stringify(name)}:`)} ${kind}`).join(' ');
  const used = new Set(fields.map(({ kind }) => kind));
  return [
    `root ::= "{" ${members} "}"`,
    ...[...used].map((kind) => `${kind} ::= ${kinds[kind]}`),
    ...(used.has('text') && copies !== '' ? [`copy ::= ${copies}`, ...rules] : []),
  ].join('\n');
}

function literal(text: string): string {
  return `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\t', '\\t')}"`;
}
