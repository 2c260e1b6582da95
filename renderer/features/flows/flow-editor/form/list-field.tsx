import { Button, Input, Stack, Text } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Json } from '../../../../../electron/core/contract/base.ts';
import { useFieldProps } from './field-props.ts';
import { type FieldProps, useForm } from './form-context.tsx';
import { ListItem } from './list-item.tsx';
import { initialValue, itemsOf } from './schema.ts';

/** Lists up to this length show all their items open. */
const openUpTo = 2;

/** A list whose items can be added, moved and removed, each with the controls of its own schema. */
export function ListField({ field, path, value }: FieldProps) {
  const { t } = useTranslation('flows');
  const { change, settle, readOnly, root } = useForm();
  const { label, description, error, withAsterisk } = useFieldProps({ field, path });
  const item = itemsOf(field.schema, root);
  const items = Array.isArray(value) ? value : Array.isArray(field.schema['default']) ? field.schema['default'] : [];
  const [open, setOpen] = useState<ReadonlySet<number>>(() => new Set(items.length <= openUpTo ? items.keys() : []));
  const put = (next: Json[], opened: ReadonlySet<number>): void => {
    settle();
    change(path, next);
    settle();
    setOpen(opened);
  };
  const move = (from: number, to: number): void => {
    const next = [...items];
    next.splice(to, 0, ...next.splice(from, 1));
    put(next, swapped(open, from, to));
  };
  return (
    <Input.Wrapper label={label} description={description} error={error} withAsterisk={withAsterisk} labelElement="div">
      <Stack gap={6} mt={4} role="list" aria-label={label}>
        {items.map((entry, index) => (
          <ListItem
            key={index}
            schema={item}
            listLabel={label}
            path={[...path, index]}
            index={index}
            last={index === items.length - 1}
            value={entry}
            open={open.has(index)}
            onToggle={() => setOpen(toggled(open, index))}
            onMove={move}
            onRemove={() =>
              put(
                items.filter((_entry, at) => at !== index),
                new Set([...open].filter((at) => at !== index).map((at) => (at > index ? at - 1 : at))),
              )
            }
          />
        ))}
        {items.length === 0 && (
          <Text fz="xs" c="dimmed">
            {t('form.emptyList')}
          </Text>
        )}
        {!readOnly && (
          <Button
            variant="default"
            leftSection={<IconPlus size={15} aria-hidden />}
            onClick={() => put([...items, initialValue(item, root)], new Set([...open, items.length]))}
            aria-label={t('form.addTo', { name: label })}
          >
            {t('form.add')}
          </Button>
        )}
      </Stack>
    </Input.Wrapper>
  );
}

function toggled(open: ReadonlySet<number>, index: number): Set<number> {
  const next = new Set(open);
  if (!next.delete(index)) next.add(index);
  return next;
}

/** Neighbours change places, and so does whether they are open. */
function swapped(open: ReadonlySet<number>, a: number, b: number): Set<number> {
  return new Set([...open].map((index) => (index === a ? b : index === b ? a : index)));
}
