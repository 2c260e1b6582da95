import { found, type Check } from '../finding.ts';

const dayMs = 86_400_000;
/** Days within which somebody looks into an alert. */
const mostDays = 7;

/** GB/T 22239 8.1.4.4 f); HIPAA 164.308(a)(1)(ii)(D), (a)(6): unusual acts are looked for, and what was found is looked into. */
export const alertsWatched: Check = ({ alerts, now }) => {
  const { rules, open } = alerts();
  const oldest = open.reduce((first, { firstAt }) => Math.min(first, firstAt), Infinity);
  const waiting = Number.isFinite(oldest) ? Math.floor((now() - oldest) / dayMs) : 0;
  const on = rules.filter((rule) => rule.on).length;
  const values = { on, all: rules.length, open: open.length, days: waiting };
  return found(on > 0 && waiting <= mostDays, { fact: 'alerts', values });
};
