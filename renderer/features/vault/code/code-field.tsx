import { Input, TextInput } from '@mantine/core';
import { type ClipboardEvent, type KeyboardEvent, useId, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './code.module.css';
import { mistypedGroups, spread } from './groups.ts';

type Props = {
  readonly label: string;
  readonly description?: string;
  /** How many groups the code has. */
  readonly count: number;
  readonly value: readonly string[];
  readonly onChange: (groups: readonly string[]) => void;
  readonly autoFocus?: boolean;
  readonly onEnter?: () => void;
};

/** A printed code typed group by group: a full group moves on, pasting fills all of them, a mistyped one is marked at once. */
export function CodeField({ label, description, count, value, onChange, autoFocus = false, onEnter }: Props) {
  const { t } = useTranslation('vault');
  const id = useId();
  const fields = useRef<(HTMLInputElement | null)[]>([]);
  const wrong = mistypedGroups(value);

  const focus = (at: number): void => {
    const field = fields.current[at];
    field?.focus();
    field?.setSelectionRange(field.value.length, field.value.length);
  };
  const take = (at: number, text: string): void => {
    const next = spread(value, at, text, count);
    onChange(next.groups);
    // A mistyped group keeps the caret: it is to be looked at before the next.
    if (next.focus !== at && !mistypedGroups(next.groups).includes(at)) focus(next.focus);
  };
  const onPaste = (at: number, event: ClipboardEvent): void => {
    event.preventDefault();
    take(at, event.clipboardData.getData('text'));
  };
  const onKeyDown = (at: number, event: KeyboardEvent<HTMLInputElement>): void => {
    const { selectionStart, selectionEnd, value: text } = event.currentTarget;
    const atStart = selectionStart === 0 && selectionEnd === 0;
    const atEnd = selectionStart === text.length;
    if ((event.key === 'Backspace' || event.key === 'ArrowLeft') && atStart && at > 0) focus(at - 1);
    else if (event.key === 'ArrowRight' && atEnd && at < count - 1) focus(at + 1);
    else if (event.key === 'Enter' && onEnter) onEnter();
    else return;
    event.preventDefault();
  };

  return (
    <Input.Wrapper
      label={label}
      labelElement="div"
      labelProps={{ id }}
      errorProps={{ role: 'alert' }}
      description={description}
      error={wrong.length > 0 ? t('code.mistyped', { groups: wrong.map((at) => at + 1).join(', ') }) : undefined}
    >
      <div className={classes['fields']} role="group" aria-labelledby={id}>
        {Array.from({ length: count }, (_, at) => (
          <TextInput
            key={at}
            ref={(field) => {
              fields.current[at] = field;
            }}
            aria-label={t('code.group', { number: at + 1, count })}
            classNames={{ input: classes['field'] ?? '' }}
            leftSection={
              <span className={classes['number']} aria-hidden>
                {at + 1}
              </span>
            }
            leftSectionWidth={30}
            value={value[at] ?? ''}
            error={wrong.includes(at)}
            autoFocus={autoFocus && at === 0}
            autoComplete="off"
            autoCapitalize="characters"
            spellCheck={false}
            onChange={(event) => take(at, event.currentTarget.value)}
            onPaste={(event) => onPaste(at, event)}
            onKeyDown={(event) => onKeyDown(at, event)}
          />
        ))}
      </div>
    </Input.Wrapper>
  );
}
