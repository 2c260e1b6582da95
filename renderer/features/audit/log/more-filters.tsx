import { MultiSelect, Select, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { actionName, areaName, areaOf, knownActions } from '../action-name.ts';
import { useNames } from '../use-names.ts';
import type { LogFilter } from './log-filter.ts';

type Props = { readonly filter: LogFilter; readonly onChange: (filter: LogFilter) => void };

/** Areas, action, case and the thing it was done to. */
export function MoreFilters({ filter, onChange }: Props) {
  const { t } = useTranslation('audit');
  const { cases } = useNames();
  const actions = knownActions();
  const areas = [...new Set([...actions.map(areaOf), ...filter.areas])];
  const offered = filter.areas.length === 0 ? actions : actions.filter((action) => filter.areas.includes(areaOf(action)));
  const known =
    filter.caseId !== '' && !cases.some(({ id }) => id === filter.caseId) ? [{ value: filter.caseId, label: filter.caseId }] : [];
  return (
    <div className="stack">
      <MultiSelect
        label={t('filter.areas')}
        placeholder={filter.areas.length === 0 ? t('filter.allAreas') : ''}
        comboboxProps={{ withinPortal: false }}
        openOnFocus={false}
        searchable
        clearable
        maxDropdownHeight={220}
        value={[...filter.areas]}
        onChange={(value) => onChange({ ...filter, areas: value })}
        data={areas.map((value) => ({ value, label: areaName(value) }))}
      />
      <Select
        label={t('column.action')}
        placeholder={t('filter.anyAction')}
        comboboxProps={{ withinPortal: false }}
        openOnFocus={false}
        searchable
        clearable
        maxDropdownHeight={220}
        nothingFoundMessage={t('filter.noAction')}
        value={filter.action === '' ? null : filter.action}
        onChange={(value) => onChange({ ...filter, action: value ?? '' })}
        data={groups(offered.includes(filter.action) || filter.action === '' ? offered : [...offered, filter.action])}
      />
      {(cases.length > 0 || known.length > 0) && (
        <Select
          label={t('cases:case')}
          placeholder={t('filter.anyCase')}
          comboboxProps={{ withinPortal: false }}
          openOnFocus={false}
          searchable
          clearable
          maxDropdownHeight={220}
          value={filter.caseId === '' ? null : filter.caseId}
          onChange={(value) => onChange({ ...filter, caseId: value ?? '' })}
          data={[...known, ...cases.map(({ id, name }) => ({ value: id, label: name }))]}
        />
      )}
      <TextInput
        label={t('column.subject')}
        description={t('filter.subjectHint')}
        value={filter.subject}
        autoComplete="off"
        spellCheck={false}
        onChange={(event) => onChange({ ...filter, subject: event.currentTarget.value.trim() })}
      />
    </div>
  );
}

function groups(actions: readonly string[]) {
  const byArea = Object.groupBy(actions, areaOf);
  return Object.entries(byArea).map(([area, acts = []]) => ({
    group: areaName(area),
    items: acts.map((value) => ({ value, label: actionName(value) })),
  }));
}
