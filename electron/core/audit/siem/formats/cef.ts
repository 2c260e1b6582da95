import { severityOf, type WriteLine } from './event.ts';

const severities = { low: 3, medium: 5, high: 8 } as const;

/** A line in ArcSight's Common Event Format, version 0. Keys beyond the dictionary are custom strings with a label. */
export const cefLine: WriteLine = ({ leaf, leafHash }, { origin, version }) => {
  const { sequence, at, actor, actorId, role, action, area, subject, caseId, session, outcome, reason, details } = leaf;
  const header = ['Redoubt', 'Redoubt', version, action, action, String(severities[severityOf(leaf)])].map(cefHeader);
  const fields: readonly (readonly [string, string | null])[] = [
    ['rt', String(at)],
    ['externalId', String(sequence)],
    ['cat', area],
    ['act', action],
    ['outcome', outcome],
    ['reason', reason],
    ['suser', actor],
    ['suid', actorId],
    ['spriv', role],
    ['dvchost', origin],
    ['cs1', leafHash],
    ['cs1Label', 'leafHash'],
    ['cs2', subject],
    ['cs2Label', 'subject'],
    ['cs3', caseId],
    ['cs3Label', caseId === null ? null : 'case'],
    ['cs4', session],
    ['cs4Label', session === null ? null : 'session'],
    ['cs5', JSON.stringify(details)],
    ['cs5Label', 'details'],
  ];
  const extension = fields.flatMap(([name, value]) => (value === null ? [] : [`${name}=${cefValue(value)}`])).join(' ');
  return `CEF:0|${header.join('|')}|${extension}`;
};

/** A field before the extension: `\` and `|` are escaped, and it has one line. */
export function cefHeader(text: string): string {
  return text.replaceAll(/[\\|]/g, String.raw`\$&`).replaceAll(/[\r\n]+/g, ' ');
}

/** A value of the extension: `\`, `=` and ends of lines are escaped. */
export function cefValue(text: string): string {
  return text
    .replaceAll(/[\\=]/g, String.raw`\$&`)
    .replaceAll('\r', String.raw`\r`)
    .replaceAll('\n', String.raw`\n`);
}
