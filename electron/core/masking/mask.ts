import type { Finding, FindingType } from './finding.ts';
import { scan, type ScanOptions } from './scan.ts';

/** How each type is shown: characters that stay readable at the two ends, or a form of its own. */
const forms: Readonly<Record<FindingType, (text: string) => string>> = {
  'cn-resident-id': (text) => hideMiddle(text, 6, 4),
  'bank-card': (text) => hideMiddle(text, 4, 4),
  'bank-account': (text) => hideMiddle(text, 4, 4),
  'cn-mobile': (text) => hideMiddle(text, countSigns(text) - 11 + 3, 4),
  phone: maskPhone,
  email: maskEmail,
  'cn-uscc': (text) => hideMiddle(text, 4, 4),
  iban: (text) => hideMiddle(text, 4, 4),
  ipv4: (text) => text.replace(/[.．][^.．]*[.．][^.．]*$/u, (tail) => tail.replace(/[^.．]/gu, '*')),
};

/**
 * The partly masked form of a finding: enough stays to recognise one's own number, not enough to use it. Separators
 * stay. `110105********1234`, `6222 **** **** 1234`, `138****5678`, `a***@example.com`.
 */
export function maskValue(finding: Pick<Finding, 'type' | 'text'>): string {
  return forms[finding.type](finding.text);
}

/** Letters and digits, full-width ones included; what lies between them is a separator. */
const signs = /[\p{L}\p{N}]/gu;

function countSigns(text: string): number {
  return text.match(signs)?.length ?? 0;
}

/** Stars for all letters and digits but the first `head` and last `tail`. A short value keeps less of its head: at least four are hidden, three of seven. */
function hideMiddle(text: string, head: number, tail: number): string {
  const count = countSigns(text);
  const last = Math.max(0, Math.min(tail, count - 3));
  const first = Math.max(0, Math.min(head, count - last - 4));
  let position = 0;
  return text.replace(signs, (sign) => {
    position += 1;
    return position <= first || position > count - last ? sign : '*';
  });
}

function maskEmail(text: string): string {
  const at = text.search(/[@＠]/u);
  const spaces = /\s*$/u.exec(text.slice(0, at))?.[0] ?? '';
  const local = text.slice(0, at - spaces.length);
  const first = String.fromCodePoint(local.codePointAt(0) ?? 42);
  return `${local.length > first.length ? first : ''}***${spaces}${text.slice(at)}`;
}

function maskPhone(text: string): string {
  const head = /^\+\d{1,3}(?=\D)|^\(?0\d{2,3}(?=\D)/.exec(text)?.[0] ?? '';
  return head + hideMiddle(text.slice(head.length), 0, 4);
}

export type Masked = { readonly text: string; /** In the original text. */ readonly findings: readonly Finding[] };

/**
 * Masks all personal data of a text. What stays readable of one value may, together with its neighbours, look like
 * another value; so the result is scanned again until nothing is found, and `scan(result.text)` is always empty.
 */
export function maskText(text: string, options: ScanOptions = {}): Masked {
  const findings = scan(text, options);
  let masked = replace(text, findings, maskValue);
  for (let round = 0; round < 4; round++) {
    const rest = scan(masked, options);
    if (rest.length === 0) return { text: masked, findings };
    masked = replace(masked, rest, maskValue);
  }
  for (let rest = scan(masked, options); rest.length > 0; rest = scan(masked, options)) {
    masked = replace(masked, rest, ({ text }) => text.replace(signs, '*'));
  }
  return { text: masked, findings };
}

function replace(text: string, findings: readonly Finding[], by: (finding: Finding) => string): string {
  const parts: string[] = [];
  let from = 0;
  for (const finding of findings) {
    parts.push(text.slice(from, finding.start), by(finding));
    from = finding.end;
  }
  parts.push(text.slice(from));
  return parts.join('');
}
