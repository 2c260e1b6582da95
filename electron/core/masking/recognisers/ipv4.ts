import { labelled } from '../context.ts';
import type { Candidate, Recogniser } from '../finding.ts';
import type { Source } from '../source.ts';

const label = /\bip\b|ipv4|地址|host|server|登录|主机|服务器/i;
const version = /(?:v|version|版本|release|section|§|第)\.? ?$/i;

/** IPv4 address. Without a label it must have a three-digit part: `1.2.3.4` is more often a section or a version. */
export const ipv4: Recogniser = {
  type: 'ipv4',
  examples: [
    { text: '登录IP：10.0.0.7', found: '10.0.0.7', masked: '10.0.*.*' },
    { text: 'from 192.168.1.20:8080', found: '192.168.1.20', masked: '192.168.*.**' },
  ],
  counterExamples: ['1.2.3.4', 'version 10.150.3.4', '256.1.1.1', '1.2.3.4.5', '1.192.168.1.20'],
  *find({ text }: Source): Iterable<Candidate> {
    for (const match of text.matchAll(/(?<![0-9A-Za-z.])(?:\d{1,3}\.){3}\d{1,3}(?![0-9A-Za-z]|\.\d)/g)) {
      const start = match.index;
      const end = start + match[0].length;
      const parts = match[0].split('.');
      if (parts.some((part) => Number(part) > 255 || (part.length > 1 && part.startsWith('0')))) continue;
      if (version.test(text.slice(Math.max(0, start - 12), start))) continue;
      if (parts.some((part) => part.length === 3) || labelled(text, start, end, label)) yield { start, end, score: 0.7 };
    }
  },
};
