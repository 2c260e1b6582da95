import type { AlertRules } from '../contract/alerts.ts';

/** Until somebody chooses others. Who works alone keeps the hours that suit them; where duties are separated, they are watched. */
export function defaultRules(mode: 'personal' | 'separated'): AlertRules {
  return {
    bulkExport: { on: true, count: 20, minutes: 60 },
    offHours: { on: mode === 'separated', from: 7, to: 20, days: [1, 2, 3, 4, 5] },
    newDevice: { on: true },
    repeatedDenials: { on: true, count: 5, minutes: 10 },
    unusualVolume: { on: true, score: 6, minimumDays: 7, minimumCount: 100 },
    dormantAccount: { on: true, days: 45 },
  };
}
