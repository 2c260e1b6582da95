import { Select } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { client } from '../../../../lib/client.ts';
import { describeError } from '../../../../lib/errors.ts';
import { useFieldProps } from './field-props.ts';
import { type FieldProps, useForm } from './form-context.tsx';
import { nullable } from './schema.ts';

const standard = '\u0000default';

/** Chooses a model of the registry, or whichever is the default when the flow runs. */
export function ModelField({ field, path, value }: FieldProps) {
  const { t } = useTranslation('flows');
  const { change } = useForm();
  const props = useFieldProps({ field, path });
  const models = useQuery({ queryKey: ['models', 'list'], queryFn: ({ signal }) => client.models.list(undefined, { signal }) });
  const chosen = typeof value === 'string' && value !== '' ? value : standard;
  const current = models.data?.find((model) => model.isDefault);
  const data = [
    { value: standard, label: current ? t('form.defaultModelNamed', { name: current.displayName }) : t('form.defaultModel') },
    ...(models.data ?? []).map((model) => ({
      value: model.id,
      label: model.label
        ? t('form.labelledModel', { name: model.displayName, label: t(`form.modelLabels.${model.label}`) })
        : model.displayName,
    })),
  ];
  // A flow from another machine may name a model that is not here.
  if (models.data && !data.some((option) => option.value === chosen))
    data.push({ value: chosen, label: t('form.missingModel', { id: chosen }) });
  return (
    <Select
      {...props}
      data={data}
      value={data.some((option) => option.value === chosen) ? chosen : null}
      allowDeselect={false}
      searchable={data.length > 8}
      error={models.isError ? describeError(models.error) : models.data?.length === 0 ? t('form.noModels') : props.error}
      onChange={(next) => change(path, next === null || next === standard ? (nullable(field.schema) ? null : undefined) : next)}
    />
  );
}
