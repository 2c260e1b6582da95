import type { AlertRules } from '../../../../electron/core/contract/index.ts';

export type RuleName = keyof AlertRules;
export type RuleField = { readonly key: string; readonly least: number; readonly most: number; readonly decimals: boolean };

const field = (key: string, least: number, most: number, decimals = false): RuleField => ({ key, least, most, decimals });

/** The figures of each rule and what they may be, as core takes them. */
export const ruleFields: Readonly<Record<RuleName, readonly RuleField[]>> = {
  bulkExport: [field('count', 2, 10_000), field('minutes', 1, 1440)],
  offHours: [field('from', 0, 23), field('to', 1, 24)],
  newDevice: [],
  repeatedDenials: [field('count', 2, 10_000), field('minutes', 1, 1440)],
  unusualVolume: [field('score', 2, 100, true), field('minimumDays', 3, 60), field('minimumCount', 1, 100_000)],
  dormantAccount: [field('days', 1, 3650)],
};
