import { severityOf, type WriteLine } from './event.ts';

/** Log audit (RFC 5424, section 6.2.1). */
const facility = 13;
const severities = { low: 6, medium: 4, high: 3 } as const;
/** The enterprise number that RFC 5612 reserves for such names; Redoubt has none of its own. */
const structured = 'redoubt@32473';
const byteOrderMark = '\u{feff}';

/** A message of RFC 5424 on a line of its own. Its host is the name of the log: a vault is no machine. */
export const syslogLine: WriteLine = ({ leaf, leafHash }, { origin, version }) => {
  const { sequence, at, actor, actorId, role, action, subject, caseId, session, outcome, reason, details } = leaf;
  const header = [
    `<${facility * 8 + severities[severityOf(leaf)]}>1`,
    new Date(at).toISOString(),
    printable(origin, 255),
    'redoubt',
    '-',
    printable(action, 32),
  ].join(' ');
  const parameters: readonly (readonly [string, string | null])[] = [
    ['sequence', String(sequence)],
    ['leafHash', leafHash],
    ['action', action],
    ['outcome', outcome],
    ['reason', reason],
    ['actor', actor],
    ['actorId', actorId],
    ['role', role],
    ['session', session],
    ['subject', subject],
    ['case', caseId],
    ['version', version],
    ['details', JSON.stringify(details)],
  ];
  const data = parameters.flatMap(([name, value]) => (value === null ? [] : [`${name}="${paramValue(value)}"`])).join(' ');
  return `${header} [${structured} ${data}] ${byteOrderMark}${oneLine(`${actor} ${action} ${subject} ${outcome}`)}`;
};

/** A PARAM-VALUE: `"`, `\` and `]` are escaped (section 6.3.3). Control characters, which would break the line, are written as `\uXXXX`. */
export function paramValue(text: string): string {
  return oneLine(text).replaceAll(/["\\\]]/g, String.raw`\$&`);
}

/** A header field: printable ASCII without spaces, `-` where nothing is left. */
function printable(text: string, length: number): string {
  return text.replaceAll(/[^!-~]/g, '_').slice(0, length) || '-';
}

function oneLine(text: string): string {
  return text.replaceAll(/\p{Cc}/gu, (character) => String.raw`\u${(character.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}`);
}
