import { useTranslation } from 'react-i18next';
import { type FieldProps, useForm } from './form-context.tsx';
import { descriptionOf, titleOf } from './schema.ts';
import { pathKey } from './validate.ts';

/** The common properties of a control: label, help, message, and whether it may be changed. */
export function useFieldProps({ field, path }: Pick<FieldProps, 'field' | 'path'>) {
  const { t } = useTranslation('flows');
  const { language, readOnly, faults, settle } = useForm();
  const fault = faults.get(pathKey(path));
  return {
    label: titleOf(field.schema, field.name, language),
    description: descriptionOf(field.schema, language) ?? null,
    error: fault ? t(`faults.${fault.code}`, { limit: fault.limit }) : null,
    withAsterisk: field.required,
    readOnly,
    onBlur: settle,
  };
}
