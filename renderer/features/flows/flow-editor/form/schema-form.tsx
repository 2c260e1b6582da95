import { Stack } from '@mantine/core';
import { useMemo } from 'react';
import type { Json } from '../../../../../electron/core/contract/base.ts';
import type { Path } from '../model/flow-model.ts';
import { FormProvider } from './form-context.tsx';
import { fieldsOf, type Language, type Schema } from './schema.ts';
import { SchemaField } from './schema-field.tsx';
import { validate } from './validate.ts';

type Props = {
  readonly schema: Schema;
  readonly value: Readonly<Record<string, Json>>;
  readonly language: Language;
  readonly readOnly: boolean;
  readonly onChange: (path: Path, value: Json | undefined) => void;
  readonly onSettle: () => void;
};

/** The form of a node type's configuration, made from its JSON Schema alone. */
export function SchemaForm({ schema, value, language, readOnly, onChange, onSettle }: Props) {
  const faults = useMemo(() => new Map(validate(schema, value as Json).map((fault) => [fault.path, fault])), [schema, value]);
  const context = useMemo(
    () => ({ Field: SchemaField, root: schema, language, readOnly, faults, change: onChange, settle: onSettle }),
    [schema, language, readOnly, faults, onChange, onSettle],
  );
  return (
    <FormProvider value={context}>
      <Stack gap="sm">
        {fieldsOf(schema, schema).map((field) => (
          <SchemaField key={field.name} field={field} path={[field.name]} value={value[field.name]} />
        ))}
      </Stack>
    </FormProvider>
  );
}
