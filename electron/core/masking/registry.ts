import type { Recogniser } from './finding.ts';
import { bankAccount } from './recognisers/bank-account.ts';
import { bankCard } from './recognisers/bank-card.ts';
import { residentId } from './recognisers/cn-resident-id.ts';
import { mobile } from './recognisers/cn-mobile.ts';
import { socialCredit } from './recognisers/cn-uscc.ts';
import { email } from './recognisers/email.ts';
import { iban } from './recognisers/iban.ts';
import { ipv4 } from './recognisers/ipv4.ts';
import { phone } from './recognisers/phone.ts';

/** Every recogniser. A new one is a file in `recognisers/` and a line here; its examples are its tests. */
export const recognisers: readonly Recogniser[] = [residentId, bankCard, mobile, email, phone, socialCredit, iban, bankAccount, ipv4];
