import { Button, Group, Modal, Stack, Text, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { chosenCaseId, inCase } from '../../../lib/cases.ts';
import { client } from '../../../lib/client.ts';
import { describeError } from '../../../lib/errors.ts';
import { navigate } from '../../../lib/route.ts';
import { newFlow } from './new-flow.ts';

/** Asks for the name of a new flow, makes it with its input and output, and opens it. */
export function CreateFlow({ opened, onClose }: { readonly opened: boolean; readonly onClose: () => void }) {
  const { t } = useTranslation(['flows', 'common']);
  const queryClient = useQueryClient();
  const [name, setName] = useState('');
  const create = useMutation({
    mutationFn: async () =>
      client.flows.create({ ...inCase(chosenCaseId()), document: newFlow(name.trim(), await client.flows.nodeTypes()) }),
    meta: { quiet: true },
    onSuccess: async (flow) => {
      setName('');
      onClose();
      await queryClient.invalidateQueries({ queryKey: ['flows', 'list'] });
      navigate('flows', [flow.id]);
    },
  });
  return (
    <Modal opened={opened} onClose={onClose} title={t('list.create')} closeButtonProps={{ 'aria-label': t('common:close') }}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (name.trim() !== '') create.mutate();
        }}
      >
        <Stack gap="sm">
          <TextInput
            label={t('details.name')}
            value={name}
            maxLength={120}
            required
            data-autofocus
            onChange={(event) => setName(event.currentTarget.value)}
          />
          {create.isError && (
            <Text c="red" fz="sm" role="alert">
              {describeError(create.error)}
            </Text>
          )}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t('common:cancel')}
            </Button>
            <Button type="submit" loading={create.isPending} disabled={name.trim() === ''}>
              {t('list.createAndOpen')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
