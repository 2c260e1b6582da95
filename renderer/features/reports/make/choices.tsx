import { Button, Group, Radio, Select, Stack, Text, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useCases } from '../../../lib/cases.ts';
import { useNow } from '../../../lib/use-now.ts';
import { FormError } from '../../../ui/form-error.tsx';
import { useCaseTitle } from '../../cases/case-mark.tsx';
import { frameworks } from '../any-report.ts';
import { reportQueries } from '../queries.ts';
import { dayMs, dayOf, type Draft } from './draft.ts';
import { RunChoice } from './run-choice.tsx';

export type ChoiceProps = { readonly draft: Draft; readonly onChange: (change: Partial<Draft>) => void };

/** What the report is about, by its kind. */
export function Choices(props: ChoiceProps) {
  switch (props.draft.kind) {
    case 'run':
      return (
        <>
          <CaseChoice {...props} />
          <RunChoice {...props} />
        </>
      );
    case 'case':
      return <CaseChoice {...props} />;
    case 'person':
    case 'model':
      return <SubjectChoice {...props} />;
    case 'compliance':
      return <FrameworkChoice {...props} />;
    case 'egress':
      return <PeriodChoice {...props} />;
    case 'access':
      return null;
  }
}

/** A report of runs is work in an open case; one of a case is made by who leads it, also once it is closed. */
function CaseChoice({ draft, onChange }: ChoiceProps) {
  const { t } = useTranslation('reports');
  const title = useCaseTitle();
  const cases = useCases().filter(({ access, state }) =>
    draft.kind === 'case' ? access === 'lead' : access !== 'read' && state === 'open',
  );
  return (
    <Select
      label={t('make.case')}
      {...(draft.kind === 'case' ? { description: t('make.caseHint') } : {})}
      placeholder={t('make.casePlaceholder')}
      nothingFoundMessage={t('make.noCase')}
      required
      allowDeselect={false}
      searchable={cases.length > 7}
      data={cases.map((one) => ({ value: one.id, label: title(one) }))}
      value={draft.caseId}
      onChange={(caseId) => onChange({ caseId, runIds: [] })}
    />
  );
}

function SubjectChoice({ draft, onChange }: ChoiceProps) {
  const { t } = useTranslation('reports');
  const choices = useQuery(reportQueries.choices());
  if (choices.isError) return <FormError error={choices.error} />;
  const { people = [], models = [] } = choices.data ?? {};
  return draft.kind === 'person' ? (
    <Select
      label={t('make.person')}
      description={t('make.personHint')}
      placeholder={t('make.personPlaceholder')}
      required
      searchable
      nothingFoundMessage={t('make.nobody')}
      data={people.map(({ id, displayName, userName }) => ({ value: id, label: `${displayName} (${userName})` }))}
      value={draft.personId}
      onChange={(personId) => onChange({ personId })}
    />
  ) : (
    <Select
      label={t('make.model')}
      description={t(choices.data && models.length === 0 ? 'make.noModels' : 'make.modelHint')}
      placeholder={t('make.modelPlaceholder')}
      required
      searchable
      nothingFoundMessage={t('make.noModel')}
      data={models.map(({ id, name, removed }) => ({ value: id, label: removed ? t('make.removed', { name: name.slice(0, 24) }) : name }))}
      value={draft.modelId}
      onChange={(modelId) => onChange({ modelId })}
    />
  );
}

function FrameworkChoice({ draft, onChange }: ChoiceProps) {
  const { t } = useTranslation('reports');
  return (
    <Radio.Group
      label={t('make.framework')}
      description={t('make.frameworkHint')}
      value={draft.framework}
      onChange={(value) => onChange({ framework: frameworks.find((one) => one === value) ?? draft.framework })}
    >
      <Stack gap={8} mt="xs">
        {frameworks.map((one) => (
          <Radio key={one} value={one} label={t(`frameworks.${one}.name`)} description={t(`frameworks.${one}.about`)} />
        ))}
      </Stack>
    </Radio.Group>
  );
}

function PeriodChoice({ draft, onChange }: ChoiceProps) {
  const { t } = useTranslation('reports');
  const now = useNow(false);
  const lastDays = (days: number): void => onChange({ from: dayOf(now - (days - 1) * dayMs), to: dayOf(now) });
  return (
    <div>
      <Group align="flex-end" gap="xs">
        <TextInput
          type="date"
          label={t('make.from')}
          required
          value={draft.from}
          onChange={(event) => onChange({ from: event.currentTarget.value })}
        />
        <TextInput
          type="date"
          label={t('make.to')}
          required
          value={draft.to}
          error={draft.from !== '' && draft.to !== '' && draft.from > draft.to ? t('make.periodWrong') : null}
          onChange={(event) => onChange({ to: event.currentTarget.value })}
        />
        {[30, 90, 365].map((days) => (
          <Button key={days} variant="default" h={32} onClick={() => lastDays(days)}>
            {t('make.lastDays', { count: days })}
          </Button>
        ))}
      </Group>
      <Text fz="xs" c="dimmed" mt={6}>
        {t('make.periodHint')}
      </Text>
    </div>
  );
}
