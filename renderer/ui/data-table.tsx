import { Checkbox } from '@mantine/core';
import {
  type KeyboardEvent,
  type MouseEvent,
  type ReactNode,
  memo,
  useCallback,
  useDeferredValue,
  useLayoutEffect,
  useRef,
  useState,
} from 'react';
import { useTranslation } from 'react-i18next';
import classes from './data-table.module.css';

export type Column<Row> = {
  readonly key: string;
  readonly header: ReactNode;
  /** CSS width; a column without one takes what is left. */
  readonly width?: string;
  readonly align?: 'right';
  /** Left out below 1000 px. */
  readonly wideOnly?: boolean;
  readonly render: (row: Row) => ReactNode;
};

export type Selection = { readonly keys: ReadonlySet<string>; readonly onChange: (keys: ReadonlySet<string>) => void };

type Props<Row> = {
  readonly label: string;
  readonly rows: readonly Row[];
  /** Stable between renders, like `columns`, or every row is drawn again. */
  readonly rowKey: (row: Row) => string;
  readonly rowLabel: (row: Row) => string;
  readonly columns: readonly Column<Row>[];
  readonly onOpen?: (row: Row) => void;
  readonly selection?: Selection;
  /** Key of the row that is shown elsewhere (in a drawer, say). */
  readonly current?: string | undefined;
};

/** About what a window shows; a click is answered with these, the rows below follow when there is time. */
const firstRows = 30;

/**
 * The table of every view: sticky head, one tab stop, arrows move, Enter opens, Space selects, Shift extends,
 * Ctrl/Cmd + A takes all.
 */
export function DataTable<Row>({ label, rows, rowKey, rowLabel, columns, onOpen, selection, current }: Props<Row>) {
  const { t } = useTranslation('common');
  const body = useRef<HTMLTableSectionElement>(null);
  const [focused, setFocused] = useState(0);
  const anchor = useRef(0);
  const shown = useDeferredValue(Number.MAX_SAFE_INTEGER, firstRows);

  const select = (index: number, extend: boolean): void => {
    const row = rows[index];
    if (!selection || !row) return;
    const keys = new Set(selection.keys);
    const on = !keys.has(rowKey(row));
    const [from, to] = extend ? [Math.min(anchor.current, index), Math.max(anchor.current, index)] : [index, index];
    for (const one of rows.slice(from, to + 1)) {
      if (on) keys.add(rowKey(one));
      else keys.delete(rowKey(one));
    }
    anchor.current = index;
    selection.onChange(keys);
  };

  const moveTo = (index: number): void => {
    const next = Math.max(0, Math.min(rows.length - 1, index));
    setFocused(next);
    body.current?.rows[next]?.focus();
  };

  const onKeyDown = (event: KeyboardEvent<HTMLTableRowElement>): void => {
    if (event.target !== event.currentTarget) return;
    const index = event.currentTarget.sectionRowIndex;
    const row = rows[index];
    if (event.key === 'ArrowDown') moveTo(index + 1);
    else if (event.key === 'ArrowUp') moveTo(index - 1);
    else if (event.key === 'Home') moveTo(0);
    else if (event.key === 'End') moveTo(rows.length - 1);
    else if (event.key === 'Enter' && row) onOpen?.(row);
    else if (event.key === ' ' && selection) select(index, event.shiftKey);
    else if (event.key === 'a' && (event.ctrlKey || event.metaKey) && selection) selection.onChange(new Set(rows.map(rowKey)));
    else return;
    event.preventDefault();
  };

  // Rows are drawn again only when their own data changes, so they hold callbacks that never do.
  const present = useRef({ select, onOpen, onKeyDown });
  useLayoutEffect(() => {
    present.current = { select, onOpen, onKeyDown };
  });
  const selectRow = useCallback((index: number, extend: boolean) => present.current.select(index, extend), []);
  const openRow = useCallback((row: Row) => present.current.onOpen?.(row), []);
  const keyInRow = useCallback((event: KeyboardEvent<HTMLTableRowElement>) => present.current.onKeyDown(event), []);

  const chosen = selection ? rows.filter((row) => selection.keys.has(rowKey(row))).length : 0;
  return (
    <div className={classes['scroll']}>
      <table className={classes['table']} aria-label={label}>
        <thead>
          <tr>
            {selection && (
              <th className={classes['check']}>
                <Checkbox
                  size="xs"
                  aria-label={t('selectAll')}
                  checked={chosen > 0 && chosen === rows.length}
                  indeterminate={chosen > 0 && chosen < rows.length}
                  onChange={() => selection.onChange(chosen === rows.length ? new Set() : new Set(rows.map(rowKey)))}
                />
              </th>
            )}
            {columns.map((column) => (
              <th key={column.key} scope="col" style={{ width: column.width }} data-align={column.align} data-wide-only={column.wideOnly}>
                {column.header}
              </th>
            ))}
          </tr>
        </thead>
        <tbody ref={body}>
          {rows.slice(0, shown).map((row, index) => (
            <TableRow
              key={rowKey(row)}
              row={row}
              index={index}
              columns={columns}
              tabStop={index === Math.min(focused, rows.length - 1)}
              selected={selection ? selection.keys.has(rowKey(row)) : undefined}
              current={current === rowKey(row)}
              label={selection ? t('selectRow', { name: rowLabel(row) }) : ''}
              openable={onOpen !== undefined}
              onOpen={openRow}
              onSelect={selectRow}
              onFocus={setFocused}
              onKeyDown={keyInRow}
            />
          ))}
        </tbody>
      </table>
    </div>
  );
}

type RowProps<Row> = {
  readonly row: Row;
  readonly index: number;
  readonly columns: readonly Column<Row>[];
  readonly tabStop: boolean;
  readonly selected: boolean | undefined;
  readonly current: boolean;
  readonly label: string;
  readonly openable: boolean;
  readonly onOpen: (row: Row) => void;
  readonly onSelect: (index: number, extend: boolean) => void;
  readonly onFocus: (index: number) => void;
  readonly onKeyDown: (event: KeyboardEvent<HTMLTableRowElement>) => void;
};

function PlainRow<Row>({
  row,
  index,
  columns,
  tabStop,
  selected,
  current,
  label,
  openable,
  onOpen,
  onSelect,
  onFocus,
  onKeyDown,
}: RowProps<Row>) {
  const open = (event: MouseEvent): void => {
    const onControl = event.target instanceof Element && event.target.closest('button, a, input, label') !== null;
    if (!onControl && getSelection()?.type !== 'Range') onOpen(row);
  };
  return (
    <tr
      tabIndex={tabStop ? 0 : -1}
      aria-selected={selected}
      data-current={current || undefined}
      data-openable={openable || undefined}
      onClick={open}
      onKeyDown={onKeyDown}
      onFocus={() => onFocus(index)}
    >
      {selected !== undefined && (
        <td className={classes['check']}>
          <Checkbox
            size="xs"
            tabIndex={-1}
            aria-label={label}
            checked={selected}
            onChange={() => undefined}
            onClick={(event) => onSelect(index, event.shiftKey)}
          />
        </td>
      )}
      {columns.map((column) => (
        <td key={column.key} data-align={column.align} data-wide-only={column.wideOnly}>
          {column.render(row)}
        </td>
      ))}
    </tr>
  );
}

const TableRow = memo(PlainRow) as typeof PlainRow;
