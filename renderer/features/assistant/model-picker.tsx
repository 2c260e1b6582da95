import { Select } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useDrafts } from './drafts.ts';
import { useChosenModel } from './use-chosen-model.ts';
import classes from './composer.module.css';

/** Which model answers; kept for the session. */
export function ModelPicker() {
  const { t } = useTranslation('assistant');
  const { models, chosen } = useChosenModel();
  if (models.length === 0) return null;
  return (
    <Select
      className={classes['model']}
      size="xs"
      aria-label={t('model')}
      allowDeselect={false}
      searchable={models.length > 8}
      comboboxProps={{ position: 'top-start', width: 'max-content' }}
      data={models.map(({ id, displayName }) => ({ value: id, label: displayName }))}
      renderOption={({ option }) => {
        const label = models.find(({ id }) => id === option.value)?.label;
        return label ? `${option.label} · ${t(`modelLabels.${label}`)}` : option.label;
      }}
      value={chosen?.id ?? null}
      onChange={(modelId) => useDrafts.setState({ modelId })}
    />
  );
}
