import { PrintableString, Utf8String } from 'asn1js';
import { AttributeTypeAndValue, RelativeDistinguishedNames } from 'pkijs';

export type SubjectName = {
  /** At most 64 characters each; `country` two letters. */
  readonly commonName: string;
  readonly organisation?: string | undefined;
  readonly unit?: string | undefined;
  readonly country?: string | undefined;
};

/** The name of a certificate's subject, from the widest part to the narrowest (RFC 5280, appendix A). */
export function distinguishedName({ commonName, organisation, unit, country }: SubjectName): RelativeDistinguishedNames {
  const parts: [type: string, value: string | undefined][] = [
    ['2.5.4.6', country?.toUpperCase()],
    ['2.5.4.10', organisation],
    ['2.5.4.11', unit],
    ['2.5.4.3', commonName],
  ];
  return new RelativeDistinguishedNames({
    typesAndValues: parts.flatMap(([type, value]) =>
      value
        ? [new AttributeTypeAndValue({ type, value: type === '2.5.4.6' ? new PrintableString({ value }) : new Utf8String({ value }) })]
        : [],
    ),
  });
}
