import type { TFunction } from 'i18next';
import type { AlertFacts } from '../../../../electron/core/contract/index.ts';
import { formatDay, formatNumber, formatTimeWithZone } from '../../../lib/format.ts';
import { actionName } from '../action-name.ts';

type Translate = TFunction<readonly ['alerts', ...string[]] | 'alerts'>;

/** Why an alert was raised, in one sentence with its figures. */
export function explain(facts: AlertFacts, t: Translate): string {
  const n = formatNumber;
  switch (facts.rule) {
    case 'bulkExport':
      return t('alerts:why.bulkExport', { count: facts.count, shown: n(facts.count), minutes: n(facts.minutes), limit: n(facts.limit) });
    case 'offHours':
      return t('alerts:why.offHours', { count: facts.count, shown: n(facts.count), from: hour(facts.from), to: hour(facts.to) });
    case 'newDevice':
      return t(facts.elsewhere ? 'alerts:why.otherDevice' : 'alerts:why.newDevice', {
        count: facts.known,
        shown: n(facts.known),
        device: facts.device,
      });
    case 'repeatedDenials':
      return t('alerts:why.repeatedDenials', {
        count: facts.count,
        shown: n(facts.count),
        minutes: n(facts.minutes),
        actions: facts.actions.map(actionName).join(t('alerts:separator')),
      });
    case 'unusualVolume':
      return t('alerts:why.unusualVolume', {
        shown: n(facts.count),
        day: formatDay(new Date(`${facts.day}T12:00`).getTime()),
        median: n(facts.median, 1),
        score: n(facts.score, 1),
        limit: n(facts.limit, 1),
      });
    case 'dormantAccount':
      return t('alerts:why.dormantAccount', { count: facts.days, shown: n(facts.days), lastAt: formatTimeWithZone(facts.lastAt) });
  }
}

function hour(value: number): string {
  return `${String(value).padStart(2, '0')}:00`;
}
