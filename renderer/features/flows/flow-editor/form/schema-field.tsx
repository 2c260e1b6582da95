import { Checkbox, Fieldset, MultiSelect, NumberInput, Select, Stack, Textarea, TextInput } from '@mantine/core';
import type { Json } from '../../../../../electron/core/contract/base.ts';
import { isFields } from '../model/flow-model.ts';
import { type FieldProps, useForm } from './form-context.tsx';
import { useFieldProps } from './field-props.ts';
import { JsonField } from './json-field.tsx';
import { ListField } from './list-field.tsx';
import { ModelField } from './model-field.tsx';
import { choicesOf, fieldsOf, itemsOf, kindOf } from './schema.ts';

/** One value of a configuration with the control its schema asks for. */
export function SchemaField({ field, path, value }: FieldProps) {
  const { language, readOnly, root, change } = useForm();
  const props = useFieldProps({ field, path });
  const { schema } = field;
  const shown = value ?? schema['default'];
  const written = typeof shown === 'string' ? shown : '';
  switch (kindOf(schema)) {
    case 'text':
      return <TextInput {...props} value={written} onChange={(event) => change(path, event.currentTarget.value)} />;
    case 'multiline':
      return (
        <Textarea
          {...props}
          autosize
          minRows={3}
          maxRows={14}
          value={written}
          onChange={(event) => change(path, event.currentTarget.value)}
        />
      );
    case 'model':
      return <ModelField field={field} path={path} value={value} />;
    case 'number':
      return (
        <NumberInput
          {...props}
          value={typeof shown === 'number' ? shown : ''}
          allowDecimal={schema['type'] !== 'integer'}
          step={schema['type'] === 'integer' ? 1 : 0.1}
          thousandSeparator=" "
          onChange={(next) => change(path, typeof next === 'number' ? next : next === '' ? undefined : Number(next))}
        />
      );
    case 'boolean':
      return (
        <Checkbox
          label={props.label}
          description={props.description}
          error={props.error}
          disabled={readOnly}
          checked={shown === true}
          onChange={(event) => change(path, event.currentTarget.checked)}
        />
      );
    case 'choice':
      return (
        <Select
          {...props}
          data={choicesOf(schema, language)}
          value={shown === undefined || shown === null ? null : String(shown)}
          allowDeselect={false}
          checkIconPosition="right"
          onChange={(next) =>
            change(
              path,
              (schema['enum'] as Json[]).find((choice) => String(choice) === next),
            )
          }
        />
      );
    case 'choices':
      return (
        <MultiSelect
          {...props}
          data={choicesOf(itemsOf(schema, root), language)}
          value={Array.isArray(shown) ? shown.map(String) : []}
          clearable={!readOnly}
          searchable
          hidePickedOptions
          onChange={(next) => change(path, next)}
        />
      );
    case 'list':
      return <ListField field={field} path={path} value={value} />;
    case 'object':
      return (
        <Fieldset legend={props.label} variant="filled">
          <Stack gap="sm">
            {fieldsOf(schema, root).map((inner) => (
              <SchemaField
                key={inner.name}
                field={inner}
                path={[...path, inner.name]}
                value={isFields(shown) ? shown[inner.name] : undefined}
              />
            ))}
          </Stack>
        </Fieldset>
      );
    case 'json':
      return <JsonField field={field} path={path} value={value} />;
  }
}
