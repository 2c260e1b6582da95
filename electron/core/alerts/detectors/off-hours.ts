import type { AlertRules } from '../../contract/alerts.ts';
import { localDay, type Detector } from '../finding.ts';
import { evidenceOf } from '../known-alert.ts';

/** Acts outside the hours in which work is done here: one alert a person and day. */
export const offHours: Detector = (leaf, { offHours: rule }, db) => {
  if (!rule.on || leaf.personId === '' || leaf.outcome !== 'done' || isWorkTime(leaf.at, rule)) return null;
  const key = `offHours/${leaf.personId}/${localDay(leaf.at)}`;
  const known = evidenceOf(db, key);
  const before = known?.facts.rule === 'offHours' ? known.facts : null;
  return {
    key,
    severity: 'notice',
    facts: {
      rule: 'offHours',
      firstAt: before?.firstAt ?? leaf.at,
      count: (before?.count ?? 0) + (known?.since ?? 0) + 1,
      from: rule.from,
      to: rule.to,
    },
    evidence: [...(known?.evidence ?? []), leaf.sequence],
  };
};

/** `from` after `to`: a night shift, which belongs to the day it began on. */
export function isWorkTime(at: number, { from, to, days }: Pick<AlertRules['offHours'], 'from' | 'to' | 'days'>): boolean {
  const date = new Date(at);
  const hour = date.getHours();
  const today = date.getDay();
  if (from < to) return days.includes(today) && hour >= from && hour < to;
  return (days.includes(today) && hour >= from) || (days.includes((today + 6) % 7) && hour < to);
}
