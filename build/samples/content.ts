import { luhn, residentCheckCharacter } from '../../electron/core/masking/checksums.ts';

/** Nobody has these: province code 91 was never given out, card numbers are test numbers, domains are reserved (RFC 2606). */
const residentId = (first17: string) => first17 + residentCheckCharacter(first17);

/** The digits with the last one chosen so that the Luhn check holds. */
function card(digits: string): string {
  const found = Array.from('0123456789', (last) => digits + last).find(luhn);
  if (!found) throw new Error('no check digit fits');
  return found;
}

type Identifier = { readonly type: 'cn-resident-id' | 'bank-card' | 'cn-mobile' | 'email'; readonly value: string };
export type SampleContent = {
  readonly file: string;
  readonly kind: 'pdf' | 'image';
  readonly language: 'en' | 'zh';
  readonly reading: 'text' | 'ocr';
  readonly title: string;
  /** Label, value and the field of *Document intake* it answers, if any. */
  readonly lines: readonly (readonly [label: string, value: string, field?: string])[];
  readonly closing: readonly string[];
  readonly identifiers: readonly Identifier[];
};

const invoice = {
  id: residentId('91000019000101001'),
  card: card('400005665566555'),
  mobile: '13900000417',
  email: 'mara.quill@example.com',
};
const application = {
  id: residentId('91000019000228042'),
  card: card('510510510510510'),
  mobile: '13800000529',
  email: 'otis.fenwick@example.org',
};
const claim = {
  id: residentId('91000019010317086'),
  card: card('622202765432109876'),
  mobile: '15900000683',
  email: 'ida.rowan@example.net',
};
const lease = { id: residentId('91000019020512064'), card: card('622848012345678901'), mobile: '13700000731', email: 'shenyi@example.com' };

const identifiersOf = (person: typeof invoice): Identifier[] => [
  { type: 'cn-resident-id', value: person.id },
  { type: 'bank-card', value: person.card },
  { type: 'cn-mobile', value: person.mobile },
  { type: 'email', value: person.email },
];

export const samples: readonly SampleContent[] = [
  {
    file: 'invoice.pdf',
    kind: 'pdf',
    language: 'en',
    reading: 'text',
    title: 'INVOICE',
    lines: [
      ['Invoice Number', 'QKS-45652'],
      ['Date', '2026-03-02', 'date'],
      ['Name', 'Mara Quill', 'name'],
      ['ID Number', invoice.id, 'id_number'],
      ['Phone', invoice.mobile, 'phone'],
      ['Email', invoice.email, 'email'],
      ['Item', 'Archive boxes, grey'],
      ['Total Amount', '$1,284.50', 'total_amount'],
      ['Bank Account', invoice.card, 'account_number'],
    ],
    closing: ['Please pay within thirty days.', 'All persons and numbers in this document are invented.'],
    identifiers: identifiersOf(invoice),
  },
  {
    file: 'application-scan.pdf',
    kind: 'pdf',
    language: 'en',
    reading: 'ocr',
    title: 'Application Form',
    lines: [
      ['Name', 'Otis Fenwick', 'name'],
      ['Date', '2026-04-17', 'date'],
      ['ID Number', application.id, 'id_number'],
      ['Phone', application.mobile, 'phone'],
      ['Email', application.email, 'email'],
      ['Bank Account', application.card, 'account_number'],
      ['Department', 'Records'],
      ['Total Amount', '$760.00', 'total_amount'],
    ],
    closing: ['I confirm that the above is correct.', 'All persons and numbers in this document are invented.'],
    identifiers: identifiersOf(application),
  },
  {
    file: 'claim-photo.png',
    kind: 'image',
    language: 'en',
    reading: 'ocr',
    title: 'Claim Form',
    lines: [
      ['Name', 'Ida Rowan', 'name'],
      ['Date', '2026-05-09', 'date'],
      ['ID Number', claim.id, 'id_number'],
      ['Phone', claim.mobile, 'phone'],
      ['Email', claim.email, 'email'],
      ['Bank Account', claim.card, 'account_number'],
      ['Total Amount', '$348.20', 'total_amount'],
    ],
    closing: ['All persons and numbers in this document are invented.'],
    identifiers: identifiersOf(claim),
  },
  {
    file: 'lease-contract.pdf',
    kind: 'pdf',
    language: 'zh',
    reading: 'text',
    title: '房屋租赁合同',
    lines: [
      ['合同编号', 'HT-20260618'],
      ['日期', '2026年6月18日', 'date'],
      ['姓名', '沈一诺', 'name'],
      ['身份证号', lease.id, 'id_number'],
      ['电话', lease.mobile, 'phone'],
      ['邮箱', lease.email, 'email'],
      ['银行账号', lease.card, 'account_number'],
      ['地址', '云岭市望湖路208号'],
      ['总金额', '¥54,000.00', 'total_amount'],
    ],
    closing: ['双方按照本合同约定履行各自义务，如有争议协商解决。', '本文件中的人物和号码均为虚构。'],
    identifiers: identifiersOf(lease),
  },
];
