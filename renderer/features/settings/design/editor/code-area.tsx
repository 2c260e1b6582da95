import { type KeyboardEvent, type Ref, useImperativeHandle, useLayoutEffect, useRef } from 'react';
import type { TemplateProblem } from '../../../../../electron/core/contract/index.ts';
import classes from './editor.module.css';
import { ownLineInsert, positionOf } from './text-positions.ts';

export type CodeAreaHandle = {
  /** Both count from 1. */
  readonly goTo: (line: number, column: number) => void;
  /** Puts text where the caret is; undo takes it away again. */
  readonly insert: (text: string, ownLine: boolean) => void;
};

type Props = {
  readonly ref: Ref<CodeAreaHandle>;
  readonly label: string;
  readonly value: string;
  readonly readOnly: boolean;
  readonly problems: readonly TemplateProblem[];
  readonly onChange: (value: string) => void;
  readonly onSave: () => void;
};

/** A text field with line numbers, in which lines with problems are marked. Lines do not wrap, so that the numbers stay beside them. */
export function CodeArea({ ref, label, value, readOnly, problems, onChange, onSave }: Props) {
  const field = useRef<HTMLTextAreaElement>(null);
  const gutter = useRef<HTMLDivElement>(null);
  const lines = value.split('\n').length;
  const marks = new Map<number, TemplateProblem['severity']>();
  for (const { line, severity } of problems) if (line !== null && marks.get(line) !== 'error') marks.set(line, severity);

  const follow = (): void => {
    if (gutter.current && field.current) gutter.current.scrollTop = field.current.scrollTop;
  };
  useLayoutEffect(follow, [lines]);

  useImperativeHandle(ref, () => ({
    goTo: (line, column) => {
      const area = field.current;
      if (!area) return;
      const { at, end } = positionOf(area.value, line, column);
      area.focus();
      area.setSelectionRange(at, end);
      const lineHeight = Number.parseFloat(getComputedStyle(area).lineHeight);
      area.scrollTop = Math.max(0, (line - 1) * lineHeight - area.clientHeight / 3);
      follow();
    },
    insert: (text, ownLine) => {
      const area = field.current;
      if (!area || area.readOnly) return;
      area.focus();
      const what = ownLine ? ownLineInsert(area.value, area.selectionStart, area.selectionEnd, text) : text;
      // The only way that leaves what can be undone to the field.
      document.execCommand('insertText', false, what);
    },
  }));

  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== 's' || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    if (!readOnly) onSave();
  };
  return (
    <div className={classes['code']}>
      <div ref={gutter} className={classes['gutter']} aria-hidden>
        {Array.from({ length: lines }, (_, index) => (
          <div key={index} data-mark={marks.get(index + 1)}>
            {index + 1}
          </div>
        ))}
      </div>
      <textarea
        ref={field}
        className={classes['text']}
        aria-label={label}
        wrap="off"
        spellCheck={false}
        autoComplete="off"
        autoCapitalize="off"
        maxLength={65_536}
        readOnly={readOnly}
        value={value}
        onScroll={follow}
        onKeyDown={onKeyDown}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
    </div>
  );
}
