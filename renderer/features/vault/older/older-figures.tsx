import { useTranslation } from 'react-i18next';
import type { Failure } from '../../../lib/errors.ts';
import { formatNumber, formatTime } from '../../../lib/format.ts';
import classes from './older.module.css';

/** Figures that core may send along, in the order a person asks for them. */
const counts = ['records', 'recordsSeen', 'commits', 'commitsSeen'] as const;
const times = ['newestRecordAt', 'seenAt', 'backupAt', 'restoredAt'] as const;

/** What is here beside what was seen before, as far as core knows. */
export function OlderFigures({ details }: { readonly details: Failure['details'] }) {
  const { t } = useTranslation('vault');
  const rows = [
    ...counts.map((name) => ({ name, value: details[name], show: formatNumber })),
    ...times.map((name) => ({ name, value: details[name], show: (at: number) => formatTime(at) })),
  ].flatMap(({ name, value, show }) => (typeof value === 'number' ? [{ name, text: show(value) }] : []));
  if (rows.length === 0) return null;
  return (
    <dl className={classes['figures']}>
      {rows.map(({ name, text }) => (
        <div key={name}>
          <dt>{t(`older.figures.${name}`)}</dt>
          <dd>{text}</dd>
        </div>
      ))}
    </dl>
  );
}
