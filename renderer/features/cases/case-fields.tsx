import { Select, Textarea, TextInput } from '@mantine/core';
import type { UseFormReturnType } from '@mantine/form';
import { useTranslation } from 'react-i18next';
import type { Classification } from '../../../electron/core/contract/index.ts';
import { classifications } from '../../lib/classifications.ts';

export type CaseFacts = { name: string; classification: Classification; purpose: string };

/** Name, label and purpose: the same for a new case and one that is there. */
export function CaseFields({ form, nameFixed = false }: { readonly form: UseFormReturnType<CaseFacts>; readonly nameFixed?: boolean }) {
  const { t } = useTranslation('cases');
  return (
    <>
      {!nameFixed && <TextInput label={t('fields.name')} maxLength={120} required data-autofocus {...form.getInputProps('name')} />}
      <Select
        label={t('fields.classification')}
        description={t(`classificationHints.${form.values.classification}`)}
        allowDeselect={false}
        data={classifications.map((value) => ({ value, label: t(`classification.${value}`) }))}
        {...form.getInputProps('classification')}
      />
      <Textarea
        label={t('fields.purpose')}
        description={t('fields.purposeHint')}
        autosize
        minRows={2}
        maxLength={200}
        {...form.getInputProps('purpose')}
      />
    </>
  );
}
