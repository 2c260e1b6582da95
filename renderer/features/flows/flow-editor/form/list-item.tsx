import { ActionIcon, Group, Paper, Stack, Text, UnstyledButton } from '@mantine/core';
import { IconAlertTriangle, IconArrowDown, IconArrowUp, IconChevronDown, IconChevronRight, IconTrash } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Json } from '../../../../../electron/core/contract/base.ts';
import classes from '../actions/actions.module.css';
import { isFields, type Path } from '../model/flow-model.ts';
import { useForm } from './form-context.tsx';
import { fieldsOf, kindOf, type Schema } from './schema.ts';
import { pathKey } from './validate.ts';

type Props = {
  /** Schema of the item. */
  readonly schema: Schema;
  readonly listLabel: string;
  readonly path: Path;
  readonly index: number;
  readonly last: boolean;
  readonly value: Json;
  readonly open: boolean;
  readonly onToggle: () => void;
  readonly onMove: (from: number, to: number) => void;
  readonly onRemove: () => void;
};

/** One item of a list: a single control, or a record that opens and closes under its name. */
export function ListItem({ schema, listLabel, path, index, last, value, open, onToggle, onMove, onRemove }: Props) {
  const { t } = useTranslation('flows');
  const { Field, readOnly, root, faults } = useForm();
  const flat = kindOf(schema) !== 'object';
  const name = nameOf(value) || t('form.item', { number: index + 1 });
  const faulty = [...faults.keys()].some((key) => key.startsWith(`${pathKey(path)}.`));
  const tools = !readOnly && (
    <Group gap={0} wrap="nowrap" mt={flat ? 22 : 0}>
      <ActionIcon
        variant="subtle"
        color="gray"
        className={classes['tool'] ?? ''}
        disabled={index === 0}
        aria-label={t('form.moveUp', { name })}
        onClick={() => onMove(index, index - 1)}
      >
        <IconArrowUp size={15} aria-hidden />
      </ActionIcon>
      <ActionIcon
        variant="subtle"
        color="gray"
        className={classes['tool'] ?? ''}
        disabled={last}
        aria-label={t('form.moveDown', { name })}
        onClick={() => onMove(index, index + 1)}
      >
        <IconArrowDown size={15} aria-hidden />
      </ActionIcon>
      <ActionIcon variant="subtle" color="red" aria-label={t('form.removeItem', { name })} onClick={onRemove}>
        <IconTrash size={15} aria-hidden />
      </ActionIcon>
    </Group>
  );
  if (flat) {
    return (
      <Group role="listitem" gap={2} wrap="nowrap" align="flex-start">
        <div style={{ flex: 1 }}>
          <Field
            field={{ name: String(index + 1), schema: { ...schema, title: `${listLabel} ${index + 1}` }, required: true }}
            path={path}
            value={value}
          />
        </div>
        {tools}
      </Group>
    );
  }
  const Chevron = open ? IconChevronDown : IconChevronRight;
  return (
    <Paper role="listitem" aria-label={name} withBorder px="xs" py={4}>
      <Group gap={2} wrap="nowrap" justify="space-between">
        <UnstyledButton aria-expanded={open} onClick={onToggle} style={{ flex: 1, minWidth: 0 }}>
          <Group gap={4} wrap="nowrap">
            <Chevron size={14} stroke={1.8} aria-hidden style={{ flex: 'none' }} />
            <Text fw={600} fz="xs" truncate>
              {name}
            </Text>
            {faulty && <IconAlertTriangle size={14} color="var(--mantine-color-red-text)" aria-label={t('problems.error')} />}
          </Group>
        </UnstyledButton>
        {tools}
      </Group>
      {open && (
        <Stack gap={6} my={4}>
          {fieldsOf(schema, root).map((field) => (
            <Field key={field.name} field={field} path={[...path, field.name]} value={isFields(value) ? value[field.name] : undefined} />
          ))}
        </Stack>
      )}
    </Paper>
  );
}

/** What to call an item: its own name, key or title where it has one. */
function nameOf(entry: Json): string {
  if (!isFields(entry)) return '';
  const name = entry['name'] ?? entry['key'] ?? entry['title'];
  return typeof name === 'string' ? name : '';
}
