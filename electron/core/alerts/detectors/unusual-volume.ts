import { z } from 'zod';
import { localDay, type Detector } from '../finding.ts';
import { evidenceOf } from '../known-alert.ts';
import { baselineOf, robustScore } from '../robust-score.ts';

/** Days of a person's own history that count; those without any act are no days of work. */
const historyDays = 60;

/** Does far more in a day than on other days: one alert a person and day. */
export const unusualVolume: Detector = (leaf, { unusualVolume: rule }, db) => {
  if (leaf.personId === '') return null;
  const day = localDay(leaf.at);
  const count = z
    .number()
    .parse(
      db
        .prepare(
          'INSERT INTO alert_days (person_id, day, count) VALUES (?, ?, 1) ON CONFLICT (person_id, day) DO UPDATE SET count = count + 1 RETURNING count',
        )
        .pluck()
        .get(leaf.personId, day),
    );
  if (!rule.on || count < rule.minimumCount) return null;
  const sql = 'SELECT count FROM alert_days WHERE person_id = ? AND day < ? ORDER BY day DESC LIMIT ?';
  const history = z.array(z.number()).parse(db.prepare(sql).pluck().all(leaf.personId, day, historyDays));
  if (history.length < rule.minimumDays) return null;
  const baseline = baselineOf(history);
  const score = robustScore(count, baseline);
  if (score < rule.score) return null;
  const key = `unusualVolume/${leaf.personId}/${day}`;
  return {
    key,
    severity: 'warning',
    facts: {
      rule: 'unusualVolume',
      day,
      count,
      median: baseline.median,
      spread: baseline.spread,
      score: Math.round(score * 10) / 10,
      limit: rule.score,
      days: history.length,
    },
    evidence: [...(evidenceOf(db, key)?.evidence ?? []), leaf.sequence],
  };
};
