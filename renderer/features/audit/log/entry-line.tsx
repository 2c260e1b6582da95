import { memo, type MouseEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { AuditEntry } from '../../../../electron/core/contract/index.ts';
import { formatNumber, formatTimeWithZone } from '../../../lib/format.ts';
import { i18n } from '../../../lib/i18n.ts';
import { StatusBadge, type Tone } from '../../../ui/status-badge.tsx';
import { actionName } from '../action-name.ts';
import type { Names } from '../use-names.ts';
import classes from './entry-table.module.css';

/** Of every row, the days too, px; as in the style sheet. */
export const rowHeight = 34;

export const outcomeTones: Readonly<Record<AuditEntry['outcome'], Tone>> = { done: 'good', failed: 'bad', denied: 'warning' };

type Props = {
  readonly entry: AuditEntry;
  readonly index: number;
  readonly names: Names;
  readonly tabStop: boolean;
  readonly current: boolean;
  readonly onOpen: (entry: AuditEntry) => void;
  readonly onFocus: (key: string) => void;
};

/** One entry of the timeline. */
export const EntryLine = memo(function EntryLine({ entry, index, names, tabStop, current, onOpen, onFocus }: Props) {
  const { t } = useTranslation('audit');
  const { sequence, at, actor, action, subject, outcome } = entry;
  const open = (event: MouseEvent): void => {
    if (!(event.target instanceof HTMLAnchorElement) && getSelection()?.type !== 'Range') onOpen(entry);
  };
  return (
    <tr
      className={classes['entry']}
      tabIndex={tabStop ? 0 : -1}
      data-key={sequence}
      data-current={current || undefined}
      aria-rowindex={index + 2}
      onClick={open}
      onFocus={() => onFocus(String(sequence))}
    >
      <td className={classes['sequence']}>{formatNumber(sequence)}</td>
      <td title={formatTimeWithZone(at)}>
        <time dateTime={new Date(at).toISOString()}>{timeOfDay(at)}</time>
      </td>
      <td title={actor}>{actor}</td>
      <td title={action}>{actionName(action)}</td>
      <td className={classes['subject']} title={subject}>
        {names.of(subject) ?? (subject === '' ? '–' : shortId(subject))}
      </td>
      <td>
        <StatusBadge tone={outcomeTones[outcome]}>{t(`outcome.${outcome}`)}</StatusBadge>
      </td>
    </tr>
  );
});

/** The heading of a day. */
export function DayRow({ at, index }: { readonly at: number; readonly index: number }) {
  const day = new Date(at).toLocaleDateString(i18n.language, { weekday: 'long', year: 'numeric', month: 'long', day: 'numeric' });
  return (
    <tr className={classes['day']} aria-rowindex={index + 2}>
      <th scope="rowgroup" colSpan={5}>
        {day}
      </th>
      <td className={classes['subject']}>{'\u00a0'}</td>
    </tr>
  );
}

function timeOfDay(at: number): string {
  return new Date(at).toLocaleTimeString(i18n.language, { hour: '2-digit', minute: '2-digit', second: '2-digit' });
}

/** The beginning of an id that says nothing to anybody; anything else as it is. */
export function shortId(id: string): string {
  return /^[\da-f-]{32,}$/.test(id) ? `${id.slice(0, 8)}…` : id;
}
