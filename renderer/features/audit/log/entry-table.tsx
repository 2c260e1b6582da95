import { Box, Loader } from '@mantine/core';
import { useElementSize, useMergedRef } from '@mantine/hooks';
import { type KeyboardEvent, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AuditEntry } from '../../../../electron/core/contract/index.ts';
import { formatDay } from '../../../lib/format.ts';
import { useNames } from '../use-names.ts';
import { DayRow, EntryLine, rowHeight } from './entry-line.tsx';
import { nextEntry, rowsOf, shownRange } from './entry-rows.ts';
import classes from './entry-table.module.css';

type Props = {
  readonly label: string;
  readonly entries: readonly AuditEntry[];
  /** There are more entries than those. */
  readonly more: boolean;
  readonly onOpen: (entry: AuditEntry) => void;
  /** The end of what is there comes near. */
  readonly onNearEnd: () => void;
  /** Sequence of the entry that the drawer shows. */
  readonly current: number | null;
  /** Told when the first rows come into sight or leave it. */
  readonly onTop?: (atTop: boolean) => void;
};

const rowsAhead = 60;

/**
 * Entries by day, of which only those in sight are drawn: a log is long. One tab stop; arrows, Page, Home and End move,
 * Enter opens.
 */
export function EntryTable({ label, entries, more, onOpen, onNearEnd, current, onTop }: Props) {
  const { t } = useTranslation('audit');
  const names = useNames();
  const rows = useMemo(() => rowsOf(entries), [entries]);
  const { ref: sized, height } = useElementSize<HTMLDivElement>();
  const scroller = useRef<HTMLDivElement>(null);
  const box = useMergedRef(sized, scroller);
  const body = useRef<HTMLTableSectionElement>(null);
  const [top, setTop] = useState(0);
  const [focused, setFocused] = useState<string | null>(null);
  const focusNext = useRef(false);
  const { start, end } = shownRange(rows.length, rowHeight, top, Math.max(height, rowHeight));
  const focusedAt = rows.findIndex(({ key }) => key === focused);
  const tabStop = focusedAt >= start && focusedAt < end ? focusedAt : nextEntry(rows, Math.ceil(top / rowHeight), 1);
  const first = rows[Math.min(Math.floor(top / rowHeight), rows.length - 1)];

  useEffect(() => {
    if (more && end + rowsAhead >= rows.length) onNearEnd();
  }, [more, end, rows.length, onNearEnd]);

  useEffect(() => onTop?.(true), [onTop]);

  useLayoutEffect(() => {
    if (!focusNext.current) return;
    focusNext.current = false;
    body.current?.querySelector<HTMLElement>(`[data-key="${focused ?? ''}"]`)?.focus({ preventScroll: true });
  });

  const scrolled = (): void => {
    const now = scroller.current?.scrollTop ?? 0;
    if (now < rowHeight !== top < rowHeight) onTop?.(now < rowHeight);
    // A row that is not drawn any more takes the focus with it; the keys go on from here.
    const at = Math.floor(now / rowHeight);
    const inBody = body.current?.contains(document.activeElement) === true;
    if (inBody && (focusedAt < at - 10 || focusedAt > at + 10 + height / rowHeight)) scroller.current?.focus({ preventScroll: true });
    setTop(now);
  };

  const moveTo = (index: number, step: 1 | -1): void => {
    const target = nextEntry(rows, index, step);
    const row = rows[target];
    const view = scroller.current;
    if (!row || !view) return;
    // The head stays above the rows.
    const seen = view.clientHeight - rowHeight;
    const [from, to] = [target * rowHeight, (target + 1) * rowHeight];
    if (target <= 1) view.scrollTop = 0;
    else if (from < view.scrollTop) view.scrollTop = from;
    else if (to > view.scrollTop + seen) view.scrollTop = to - seen;
    setTop(view.scrollTop);
    setFocused(row.key);
    focusNext.current = true;
  };

  const onKeyDown = (event: KeyboardEvent): void => {
    const page = Math.max(1, Math.floor(height / rowHeight) - 2);
    const from = focusedAt < 0 ? tabStop : focusedAt;
    const row = rows[from];
    if (event.key === 'ArrowDown') moveTo(from + 1, 1);
    else if (event.key === 'ArrowUp') moveTo(from - 1, -1);
    else if (event.key === 'PageDown') moveTo(from + page, 1);
    else if (event.key === 'PageUp') moveTo(from - page, -1);
    else if (event.key === 'Home') moveTo(0, 1);
    else if (event.key === 'End') moveTo(rows.length - 1, -1);
    else if (event.key === 'Enter' && row?.kind === 'entry') onOpen(row.entry);
    else return;
    event.preventDefault();
  };

  return (
    <Box ref={box} className={classes['scroll'] ?? ''} tabIndex={-1} onScroll={scrolled} onKeyDown={onKeyDown}>
      <table className={classes['table']} aria-label={label} aria-rowcount={more ? -1 : rows.length + 1}>
        <thead>
          <tr aria-rowindex={1}>
            <th scope="col" className={classes['sequence']}>
              {t('column.sequence')}
            </th>
            <th scope="col" className={classes['at']}>
              {t('column.at')}
              {first && <span className={classes['headDay']}>{formatDay(first.kind === 'day' ? first.at : first.entry.at)}</span>}
            </th>
            <th scope="col" className={classes['actor']}>
              {t('column.actor')}
            </th>
            <th scope="col">{t('column.action')}</th>
            <th scope="col" className={classes['subject']}>
              {t('column.subject')}
            </th>
            <th scope="col" className={classes['outcome']}>
              {t('column.outcome')}
            </th>
          </tr>
        </thead>
        <tbody ref={body}>
          <Gap rows={start} />
          {rows
            .slice(start, end)
            .map((row, index) =>
              row.kind === 'day' ? (
                <DayRow key={row.key} at={row.at} index={start + index} />
              ) : (
                <EntryLine
                  key={row.key}
                  entry={row.entry}
                  index={start + index}
                  names={names}
                  tabStop={start + index === tabStop}
                  current={row.entry.sequence === current}
                  onOpen={onOpen}
                  onFocus={setFocused}
                />
              ),
            )}
          <Gap rows={rows.length - end} />
        </tbody>
      </table>
      {more && (
        <div className={classes['loading']} role="status" aria-label={t('loadingMore')}>
          <Loader size={16} aria-hidden />
        </div>
      )}
    </Box>
  );
}

/** Room for rows that are not drawn. */
function Gap({ rows }: { readonly rows: number }) {
  if (rows <= 0) return null;
  return (
    <tr aria-hidden>
      <td style={{ height: rows * rowHeight, padding: 0, border: 0 }}>{'\u00a0'}</td>
    </tr>
  );
}
