import { Button, Group, List, Modal, Text, TextInput } from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CaseDetail, DeletionProof } from '../../../../electron/core/contract/index.ts';
import { client } from '../../../lib/client.ts';
import { formatNumber } from '../../../lib/format.ts';
import { FormError } from '../../../ui/form-error.tsx';
import { GuardedButton } from '../../../ui/guarded-button.tsx';
import { SettingsCard } from '../../settings/settings-section.tsx';

type Props = { readonly of: CaseDetail; readonly onDeleted: (proof: DeletionProof) => void };

const counted = ['documents', 'flows', 'runs', 'conversations', 'reports'] as const;

/** Deletes the case with all in it, after its name was typed; what is shown afterwards proves it. */
export function DeleteCase({ of, onDeleted }: Props) {
  const { t } = useTranslation(['cases', 'common']);
  const [asking, setAsking] = useState(false);
  return (
    <SettingsCard
      title={t('delete.title')}
      lead={t('delete.lead')}
      actions={
        <GuardedButton
          blocked={of.legalHold ? t('delete.held') : null}
          variant="default"
          c="red"
          leftSection={<IconTrash size={15} aria-hidden />}
          onClick={() => setAsking(true)}
        >
          {t('delete.button')}
        </GuardedButton>
      }
    >
      <Modal
        opened={asking}
        onClose={() => setAsking(false)}
        title={t('delete.ask', { name: of.name })}
        closeButtonProps={{ 'aria-label': t('common:close') }}
      >
        {asking && <DeleteForm of={of} onDeleted={onDeleted} onCancel={() => setAsking(false)} />}
      </Modal>
    </SettingsCard>
  );
}

function DeleteForm({ of, onDeleted, onCancel }: Props & { readonly onCancel: () => void }) {
  const { t } = useTranslation(['cases', 'common']);
  const queryClient = useQueryClient();
  const [typed, setTyped] = useState('');
  const remove = useMutation({
    mutationFn: () => client.cases.remove({ id: of.id, name: typed.trim() }),
    meta: { quiet: true },
    onSuccess: async (proof) => {
      onDeleted(proof);
      // Everything that was shown of it goes with it.
      queryClient.removeQueries({ queryKey: ['cases', 'get', of.id] });
      await queryClient.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'cases' || queryKey[1] === 'list' });
    },
  });
  const ready = typed.trim() === of.name;
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault();
        if (ready) remove.mutate();
      }}
    >
      <Text>{t('delete.what')}</Text>
      <List fz="sm">
        {counted
          .filter((kind) => of.counts[kind] > 0)
          .map((kind) => (
            <List.Item key={kind}>{t(`counts.${kind}`, { count: of.counts[kind], shown: formatNumber(of.counts[kind]) })}</List.Item>
          ))}
      </List>
      <Text>{t('delete.gone')}</Text>
      <TextInput
        data-autofocus
        label={t('delete.type', { name: of.name })}
        autoComplete="off"
        spellCheck={false}
        value={typed}
        onChange={(event) => setTyped(event.currentTarget.value)}
      />
      <FormError error={remove.error} />
      <Group justify="flex-end" gap="xs">
        <Button variant="default" onClick={onCancel}>
          {t('common:cancel')}
        </Button>
        <Button type="submit" color="red" disabled={!ready} loading={remove.isPending}>
          {t('delete.confirm')}
        </Button>
      </Group>
    </form>
  );
}
