import { Group, Select, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { languageNames, languages } from '../../../lib/i18n.ts';
import { organisationQuery, templatesQuery } from '../../settings/design/queries.ts';
import type { ChoiceProps } from './choices.tsx';

/** How the report looks: its language, the template, and the banner on every page. */
export function StyleFields({ draft, onChange }: ChoiceProps) {
  const { t } = useTranslation('reports');
  const templates = useQuery(templatesQuery());
  const organisation = useQuery(organisationQuery());
  const own = (templates.data ?? []).filter(
    ({ kind, language, builtIn }) => kind === draft.kind && language === draft.language && !builtIn,
  );
  return (
    <Group align="flex-start" gap="sm" grow preventGrowOverflow={false}>
      <Select
        label={t('make.language')}
        allowDeselect={false}
        value={draft.language}
        data={languages.map((value) => ({ value, label: languageNames[value] }))}
        onChange={(value) => onChange({ language: value ?? draft.language, templateId: null })}
        style={{ flex: '1 1 130px' }}
      />
      <Select
        label={t('make.template')}
        allowDeselect={false}
        value={draft.templateId ?? ''}
        data={[{ value: '', label: t('make.builtIn') }, ...own.map(({ id, name }) => ({ value: id, label: name }))]}
        onChange={(value) => onChange({ templateId: value === '' ? null : value })}
        style={{ flex: '1 1 190px' }}
      />
      <TextInput
        label={t('make.classification')}
        placeholder={organisation.data?.classification ?? t('make.classificationOwn')}
        maxLength={80}
        value={draft.classification}
        onChange={(event) => onChange({ classification: event.currentTarget.value })}
        style={{ flex: '1 1 190px' }}
      />
    </Group>
  );
}
