import { Textarea } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Json } from '../../../../../electron/core/contract/base.ts';
import { useFieldProps } from './field-props.ts';
import { type FieldProps, useForm } from './form-context.tsx';

const write = (value: Json | undefined): string => (value === undefined ? '' : JSON.stringify(value, null, 2));

function read(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}

/** A value whose shape has no control of its own, as JSON text. What does not parse is kept in the field, not in the flow. */
export function JsonField({ field, path, value }: FieldProps) {
  const { t } = useTranslation('flows');
  const { change } = useForm();
  const props = useFieldProps({ field, path });
  const [text, setText] = useState(write(value));
  const broken = text.trim() !== '' && read(text) === undefined;

  useEffect(() => {
    // Changed from outside (undo, another node): the text follows, unless it already says the same.
    setText((old) => (JSON.stringify(read(old)) === JSON.stringify(value) ? old : write(value)));
  }, [value]);

  return (
    <Textarea
      {...props}
      error={broken ? t('faults.json') : props.error}
      autosize
      minRows={3}
      maxRows={16}
      spellCheck={false}
      styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)', fontSize: 12 } }}
      value={text}
      onChange={(event) => {
        const next = event.currentTarget.value;
        setText(next);
        if (next.trim() === '') change(path, undefined);
        else if (read(next) !== undefined) change(path, read(next));
      }}
    />
  );
}
