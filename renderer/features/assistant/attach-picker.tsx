import { Button, Checkbox, Group, Modal, Stack, Text, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { inCase } from '../../lib/cases.ts';
import { client } from '../../lib/client.ts';
import { formatNumber } from '../../lib/format.ts';
import { ErrorState } from '../../ui/error-state.tsx';
import { Loading } from '../../ui/loading.tsx';
import { CaseMark } from '../cases/case-mark.tsx';
import { type DraftAttachment, attach } from './drafts.ts';
import classes from './composer.module.css';

type Props = {
  readonly draftKey: string;
  /** Only documents of this case; null: of all. */
  readonly caseId: string | null;
  readonly opened: boolean;
  readonly onClose: () => void;
};

/** Chooses documents of the vault to attach. */
export function AttachPicker({ draftKey, caseId, opened, onClose }: Props) {
  const { t } = useTranslation('assistant');
  return (
    <Modal opened={opened} onClose={onClose} title={t('attachFromVault')} size="lg">
      {opened && <Picker draftKey={draftKey} caseId={caseId} onClose={onClose} />}
    </Modal>
  );
}

function Picker({ draftKey, caseId, onClose }: Omit<Props, 'opened'>) {
  const { t } = useTranslation('assistant');
  const [search, setSearch] = useState('');
  const [settled] = useDebouncedValue(search, 200);
  const [chosen, setChosen] = useState<readonly DraftAttachment[]>([]);
  const { data, error, refetch } = useQuery({
    queryKey: ['documents', 'pick', caseId, settled],
    queryFn: ({ signal }) => client.documents.list({ ...inCase(caseId), search: settled, limit: 100 }, { signal }),
    placeholderData: keepPreviousData,
  });
  const done = (): void => {
    attach(draftKey, chosen);
    onClose();
  };
  const toggle = (document: DraftAttachment): void =>
    setChosen((before) =>
      before.some(({ id }) => id === document.id) ? before.filter(({ id }) => id !== document.id) : [...before, document],
    );
  return (
    <Stack gap="sm">
      <TextInput
        data-autofocus
        aria-label={t('searchDocuments')}
        placeholder={t('searchDocuments')}
        leftSection={<IconSearch size={16} aria-hidden />}
        value={search}
        onChange={(event) => setSearch(event.currentTarget.value)}
      />
      {error ? <ErrorState error={error} onRetry={() => void refetch()} /> : !data && <Loading lines={4} />}
      {data?.documents.length === 0 && <Text c="dimmed">{t(settled === '' ? 'noDocuments' : 'noMatch')}</Text>}
      <div className={classes['pickList']}>
        {data?.documents.map((document) => (
          <Checkbox
            key={document.id}
            disabled={document.status === 'failed' || document.status === 'cancelled'}
            checked={chosen.some(({ id }) => id === document.id)}
            onChange={() => toggle(document)}
            label={
              caseId === null ? (
                <Group gap="sm" wrap="nowrap">
                  {document.name}
                  <Text component="div" fz="xs" c="dimmed">
                    <CaseMark caseId={document.caseId} />
                  </Text>
                </Group>
              ) : (
                document.name
              )
            }
            description={
              document.status === 'failed' || document.status === 'cancelled'
                ? t('unreadable')
                : document.pageCount !== null && t('pages', { count: document.pageCount, formatted: formatNumber(document.pageCount) })
            }
          />
        ))}
      </div>
      <Group justify="flex-end">
        <Button variant="default" onClick={onClose}>
          {t('common:cancel')}
        </Button>
        <Button disabled={chosen.length === 0} onClick={done}>
          {t('attachChosen', { count: chosen.length })}
        </Button>
      </Group>
    </Stack>
  );
}
