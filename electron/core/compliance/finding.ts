import type { Framework } from '../contract/attestations.ts';
import type { Duty } from './facts/duties.ts';
import type { FactTexts } from './facts/en.ts';
import type { VaultFacts } from './vault-facts.ts';

export type Status = 'met' | 'not-met' | 'customer';

/** Something that was found, with its figures; `facts/` says it in each language. */
export type Fact = { [K in keyof FactTexts]: { readonly fact: K; readonly values: Parameters<FactTexts[K]>[0] } }[keyof FactTexts];

export type Finding = { readonly status: Status; readonly evidence: readonly Fact[] };

/** Looks at the running vault and says what it found. One that throws counts as not met, with the reason. */
export type Check = (vault: VaultFacts) => Finding | Promise<Finding>;

/** One requirement of a standard and what shows that it is met. */
export type Control = {
  /** As the standard numbers it. */
  readonly reference: string;
  readonly title: { readonly en: string; readonly 'zh-CN': string };
  /** All of them must be met. */
  readonly checks: readonly Check[];
};

export type Assessment = {
  readonly framework: Framework;
  readonly controls: readonly (Finding & Pick<Control, 'reference' | 'title'>)[];
};

export const found = (isMet: boolean, ...evidence: readonly Fact[]): Finding => ({ status: isMet ? 'met' : 'not-met', evidence });

/** What no program can decide. */
export function duty(which: Duty): Check {
  return () => ({ status: 'customer', evidence: [{ fact: 'duty', values: { duty: which } }] });
}
