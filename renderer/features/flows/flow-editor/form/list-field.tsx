import { ActionIcon, Button, Group, Input, Paper, Stack, Text } from '@mantine/core';
import { IconArrowDown, IconArrowUp, IconPlus, IconTrash } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Json } from '../../../../../electron/core/contract/base.ts';
import { isFields } from '../model/flow-model.ts';
import classes from '../actions/actions.module.css';
import { useForm } from './form-context.tsx';
import { fieldsOf, initialValue, itemsOf, kindOf, titleOf } from './schema.ts';
import { type FieldProps, SchemaField, useFieldProps } from './schema-field.tsx';

/** A list whose items can be added, moved and removed, each with the controls of its own schema. */
export function ListField({ field, path, value }: FieldProps) {
  const { t } = useTranslation('flows');
  const { change, settle, readOnly, root, language } = useForm();
  const { label, description, error, withAsterisk } = useFieldProps({ field, path });
  const item = itemsOf(field.schema, root);
  const items = Array.isArray(value) ? value : Array.isArray(field.schema['default']) ? field.schema['default'] : [];
  const flat = kindOf(item) !== 'object';
  const put = (next: Json[]): void => {
    settle();
    change(path, next);
    settle();
  };
  const move = (from: number, to: number): void => {
    const next = [...items];
    next.splice(to, 0, ...next.splice(from, 1));
    put(next);
  };
  return (
    <Input.Wrapper label={label} description={description} error={error} withAsterisk={withAsterisk} labelElement="div">
      <Stack gap={6} mt={4} role="list" aria-label={label}>
        {items.map((entry, index) => {
          const name = nameOf(entry) || t('form.item', { number: index + 1 });
          return (
            <Paper key={index} role="listitem" aria-label={name} withBorder={!flat} p={flat ? 0 : 'xs'}>
              <Group gap={2} wrap="nowrap" justify="space-between" align={flat ? 'flex-start' : 'center'}>
                {flat ? (
                  <div style={{ flex: 1 }}>
                    <SchemaField
                      field={{
                        name: `${index + 1}`,
                        schema: { ...item, title: `${titleOf(item, label, language)} ${index + 1}` },
                        required: true,
                      }}
                      path={[...path, index]}
                      value={entry}
                    />
                  </div>
                ) : (
                  <Text fw={600} fz="xs" truncate flex={1}>
                    {name}
                  </Text>
                )}
                {!readOnly && (
                  <Group gap={0} wrap="nowrap" mt={flat ? 22 : 0}>
                    <ActionIcon
                      variant="subtle"
                      color="gray"
                      className={classes['tool'] ?? ''}
                      disabled={index === 0}
                      aria-label={t('form.moveUp', { name })}
                      onClick={() => move(index, index - 1)}
                    >
                      <IconArrowUp size={15} aria-hidden />
                    </ActionIcon>
                    <ActionIcon
                      variant="subtle"
                      color="gray"
                      className={classes['tool'] ?? ''}
                      disabled={index === items.length - 1}
                      aria-label={t('form.moveDown', { name })}
                      onClick={() => move(index, index + 1)}
                    >
                      <IconArrowDown size={15} aria-hidden />
                    </ActionIcon>
                    <ActionIcon
                      variant="subtle"
                      color="red"
                      aria-label={t('form.removeItem', { name })}
                      onClick={() => put(items.filter((_entry, at) => at !== index))}
                    >
                      <IconTrash size={15} aria-hidden />
                    </ActionIcon>
                  </Group>
                )}
              </Group>
              {!flat && (
                <Stack gap={6} mt={4}>
                  {fieldsOf(item, root).map((inner) => (
                    <SchemaField
                      key={inner.name}
                      field={inner}
                      path={[...path, index, inner.name]}
                      value={isFields(entry) ? entry[inner.name] : undefined}
                    />
                  ))}
                </Stack>
              )}
            </Paper>
          );
        })}
        {items.length === 0 && (
          <Text fz="xs" c="dimmed">
            {t('form.emptyList')}
          </Text>
        )}
        {!readOnly && (
          <Button
            variant="default"
            leftSection={<IconPlus size={15} aria-hidden />}
            onClick={() => put([...items, initialValue(item, root)])}
            aria-label={t('form.addTo', { name: label })}
          >
            {t('form.add')}
          </Button>
        )}
      </Stack>
    </Input.Wrapper>
  );
}

/** What to call an item: its own name, key or title where it has one. */
function nameOf(entry: Json): string {
  if (!isFields(entry)) return '';
  const name = entry['name'] ?? entry['key'] ?? entry['title'];
  return typeof name === 'string' ? name : '';
}
