import { ibanIsValid } from '../checksums.ts';
import type { Candidate, Recogniser } from '../finding.ts';
import type { Source } from '../source.ts';

/** Lengths of the ISO 13616 registry, by country. */
const lengths: Readonly<Record<string, number>> = Object.fromEntries(
  (
    'AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BR29 BY28 CH21 CR22 CY28 CZ24 DE22 DK18 DO28 EE20 EG29 ES24 FI18 FO18 FR27 GB22 GE22 GI23 GL18 GR27 GT28 HR21 HU28 ' +
    'IE22 IL23 IQ23 IS26 IT27 JO30 KW30 KZ20 LB28 LC32 LI21 LT20 LU20 LV21 MC27 MD24 ME22 MK19 MR27 MT31 MU30 NL18 NO15 PK24 PL28 PS29 PT25 QA29 RO24 RS22 SA24 SC31 SE24 SI19 SK24 ' +
    'SM27 ST25 SV28 TL23 TN24 TR26 UA29 VA22 VG24 XK20'
  )
    .split(' ')
    .map((entry) => [entry.slice(0, 2), Number(entry.slice(2))]),
);

/** International bank account number (ISO 13616), in one piece or in groups. */
export const iban: Recogniser = {
  type: 'iban',
  examples: [
    { text: 'IBAN GB82 WEST 1234 5698 7654 32 please', found: 'GB82 WEST 1234 5698 7654 32', masked: 'GB82 **** **** **** **54 32' },
    { text: 'DE89370400440532013000', found: 'DE89370400440532013000', masked: 'DE89**************3000' },
  ],
  counterExamples: ['GB83 WEST 1234 5698 7654 32', 'DE8937040044053201300', 'ZZ89370400440532013000'],
  *find({ text }: Source): Iterable<Candidate> {
    for (const match of text.matchAll(/(?<![0-9A-Za-z])[A-Z]{2}\d{2}(?=[ -]?[0-9A-Z])/g)) {
      const length = lengths[match[0].slice(0, 2)];
      const end = length === undefined ? null : endOf(text, match.index, length);
      if (end !== null && ibanIsValid(text.slice(match.index, end).replace(/[ -]/g, ''))) yield { start: match.index, end, score: 0.95 };
    }
  },
};

/** Where `length` letters and digits from `start` end, single separators between; null if they are fewer or more. */
function endOf(text: string, start: number, length: number): number | null {
  let count = 0;
  let index = start;
  while (count < length) {
    const character = text.charAt(index);
    if (/[0-9A-Z]/.test(character)) count += 1;
    else if (!/[ -]/.test(character) || !/[0-9A-Z]/.test(text.charAt(index + 1))) return null;
    index += 1;
  }
  return /[0-9A-Za-z]/.test(text.charAt(index)) ? null : index;
}
