import { Button, Group, Modal } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { chooseCase } from '../../../lib/cases.ts';
import { client } from '../../../lib/client.ts';
import { navigate } from '../../../lib/route.ts';
import { FormError } from '../../../ui/form-error.tsx';
import { CaseFields, type CaseFacts } from '../case-fields.tsx';

const blank: CaseFacts = { name: '', classification: 'internal', purpose: '' };

/** A new case, led by who makes it; it is the one worked in from then on. */
export function CreateCase({ opened, onClose }: { readonly opened: boolean; readonly onClose: () => void }) {
  const { t } = useTranslation(['cases', 'common']);
  const queryClient = useQueryClient();
  const form = useForm({ initialValues: blank, validate: { name: (value) => (value.trim() === '' ? t('fields.nameMissing') : null) } });
  const create = useMutation({
    mutationFn: (facts: CaseFacts) => client.cases.create(facts),
    meta: { quiet: true },
    onSuccess: async ({ id }) => {
      await queryClient.invalidateQueries({ queryKey: ['cases', 'list'] });
      chooseCase(id);
      close();
      navigate('cases', [id]);
    },
  });
  const close = (): void => {
    form.reset();
    create.reset();
    onClose();
  };
  return (
    <Modal opened={opened} onClose={close} title={t('create.title')} closeButtonProps={{ 'aria-label': t('common:close') }}>
      <form className="stack" onSubmit={form.onSubmit((facts) => create.mutate(facts))} noValidate>
        <CaseFields form={form} />
        <FormError error={create.error} />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={close}>
            {t('common:cancel')}
          </Button>
          <Button type="submit" loading={create.isPending}>
            {t('create.submit')}
          </Button>
        </Group>
      </form>
    </Modal>
  );
}
