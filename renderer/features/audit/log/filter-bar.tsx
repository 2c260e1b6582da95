import { Autocomplete, Button, CloseButton, Indicator, Popover, Select, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { IconFilter, IconSearch } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { formatNumber } from '../../../lib/format.ts';
import { useNames } from '../use-names.ts';
import { FilterChips } from './filter-chips.tsx';
import { type LogFilter, outcomes, spans } from './log-filter.ts';
import classes from './log.module.css';
import { MoreFilters } from './more-filters.tsx';

type Props = {
  readonly filter: LogFilter;
  readonly onChange: (filter: LogFilter) => void;
  /** `more`: there are more than `total`. Null while it is not known. */
  readonly count: { readonly total: number; readonly more: boolean } | null;
};

const typingMs = 250;
const hidden = ['areas', 'action', 'caseId', 'subject'] as const;

/** What is asked for most stands in the bar, the rest behind a button; what is hidden there shows below as chips. */
export function FilterBar({ filter, onChange, count }: Props) {
  const { t } = useTranslation(['audit', 'common']);
  const { people } = useNames();
  const [opened, setOpened] = useState(false);
  const [search, setSearch] = useTyped(filter.search, (value) => onChange({ ...filter, search: value }));
  const [actor, setActor] = useTyped(filter.actor, (value) => onChange({ ...filter, actor: value.trim() }));
  const further = hidden.filter((name) => filter[name].length > 0).length;
  return (
    <>
      <div className={classes['bar']} role="search" aria-label={t('filter.label')}>
        <TextInput
          className={classes['search']}
          value={search}
          placeholder={t('search')}
          aria-label={t('search')}
          leftSection={<IconSearch size={15} aria-hidden />}
          rightSection={search !== '' && <CloseButton size="sm" aria-label={t('common:clear')} onClick={() => setSearch('')} />}
          onChange={(event) => setSearch(event.currentTarget.value)}
        />
        <Autocomplete
          w={140}
          value={actor}
          placeholder={t('filter.anybody')}
          aria-label={t('actor')}
          data={['system', ...people.map(({ userName }) => userName)]}
          clearable
          onChange={setActor}
        />
        <Select
          w={132}
          clearable
          placeholder={t('filter.anyTime')}
          aria-label={t('filter.time')}
          value={filter.span === '' ? null : filter.span}
          onChange={(value) => onChange({ ...filter, span: [...spans, 'between' as const].find((one) => one === value) ?? '' })}
          data={[...spans, 'between'].map((value) => ({ value, label: t(`filter.spans.${value}`) }))}
        />
        <Select
          w={138}
          clearable
          placeholder={t('anyOutcome')}
          aria-label={t('column.outcome')}
          value={filter.outcome === '' ? null : filter.outcome}
          onChange={(value) => onChange({ ...filter, outcome: outcomes.find((one) => one === value) ?? '' })}
          data={outcomes.map((value) => ({ value, label: t(`outcome.${value}`) }))}
        />
        <Popover opened={opened} onChange={setOpened} position="bottom-start" width={360} shadow="md" trapFocus withinPortal>
          <Popover.Target>
            <Indicator disabled={further === 0} label={further} size={16}>
              <Button
                variant="default"
                h={32}
                leftSection={<IconFilter size={15} aria-hidden />}
                aria-expanded={opened}
                onClick={() => setOpened(!opened)}
              >
                {t('filter.more')}
              </Button>
            </Indicator>
          </Popover.Target>
          <Popover.Dropdown>
            <MoreFilters filter={filter} onChange={onChange} />
          </Popover.Dropdown>
        </Popover>
        <span className={classes['count']} aria-live="polite">
          {count && t(count.more ? 'countMore' : 'count', { count: count.total, shown: formatNumber(count.total) })}
        </span>
      </div>
      <FilterChips filter={filter} onChange={onChange} />
    </>
  );
}

/** A text that goes out once its writer pauses, and follows where it is changed elsewhere. */
function useTyped(value: string, onPause: (value: string) => void): [string, (value: string) => void] {
  const [typed, setTyped] = useState(value);
  const send = useDebouncedCallback(onPause, typingMs);
  useEffect(() => setTyped(value), [value]);
  return [
    typed,
    (next) => {
      setTyped(next);
      send(next);
    },
  ];
}
