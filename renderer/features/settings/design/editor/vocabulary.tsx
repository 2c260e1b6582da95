import { CloseButton, Text, TextInput, Title, UnstyledButton } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ReportKind, ReportLanguage } from '../../../../../electron/core/contract/index.ts';
import { ErrorState } from '../../../../ui/error-state.tsx';
import { Loading } from '../../../../ui/loading.tsx';
import { vocabularyQuery } from '../queries.ts';
import classes from './editor.module.css';
import { sectionTag, valueTag } from './tags.ts';

type Props = {
  readonly kind: ReportKind;
  readonly language: ReportLanguage;
  /** `ownLine`: it must stand on a line of its own. */
  readonly onInsert: (text: string, ownLine: boolean) => void;
};

/** Every section and value that a template of the kind may name; a click puts it where the caret is. */
export function Vocabulary({ kind, language, onInsert }: Props) {
  const { t } = useTranslation(['design', 'common']);
  const [search, setSearch] = useState('');
  const vocabulary = useQuery(vocabularyQuery(kind, language));
  if (vocabulary.isPending) return <Loading />;
  if (vocabulary.isError) return <ErrorState error={vocabulary.error} onRetry={() => void vocabulary.refetch()} />;
  const words = search.trim().toLowerCase();
  const matches = (text: string): boolean => words === '' || text.toLowerCase().includes(words);
  const sections = vocabulary.data.sections.filter(({ id, title }) => matches(`${id}\n${title}`));
  const values = vocabulary.data.values.filter(matches);
  return (
    <>
      <TextInput
        mb={8}
        value={search}
        placeholder={t('vocabulary.search')}
        aria-label={t('vocabulary.search')}
        leftSection={<IconSearch size={15} aria-hidden />}
        rightSection={search !== '' && <CloseButton size="sm" aria-label={t('common:clear')} onClick={() => setSearch('')} />}
        onChange={(event) => setSearch(event.currentTarget.value)}
      />
      <div className={classes['words']}>
        <section aria-label={t('vocabulary.sections')}>
          <Title order={3} fz="sm">
            {t('vocabulary.sections')}
          </Title>
          <Text fz="xs" c="dimmed" mb={4}>
            {t('vocabulary.sectionsText')}
          </Text>
          {sections.map(({ id, title }) => (
            <Word key={id} code={sectionTag(id)} about={title} onClick={() => onInsert(sectionTag(id), true)} />
          ))}
          {words === '' && <Word code="{% sections %}" about={t('vocabulary.rest')} onClick={() => onInsert('{% sections %}', true)} />}
        </section>
        <section aria-label={t('vocabulary.values')}>
          <Title order={3} fz="sm" mt="md">
            {t('vocabulary.values')}
          </Title>
          <Text fz="xs" c="dimmed" mb={4}>
            {t('vocabulary.valuesText')}
          </Text>
          {values.map((path) => (
            <Word key={path} code={valueTag(path)} onClick={() => onInsert(valueTag(path), false)} />
          ))}
        </section>
        {sections.length + values.length === 0 && <Text c="dimmed">{t('vocabulary.nothing')}</Text>}
      </div>
    </>
  );
}

function Word({ code, about = '', onClick }: { readonly code: string; readonly about?: string; readonly onClick: () => void }) {
  const { t } = useTranslation('design');
  return (
    <UnstyledButton className={classes['word']} fz="xs" title={t('vocabulary.insert')} onClick={onClick}>
      <code>{code}</code>
      {about !== '' && <span>{about}</span>}
    </UnstyledButton>
  );
}
