import { Button, Checkbox, Group, NumberInput, Select, SimpleGrid, Switch } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { SiemSettings } from '../../../../electron/core/contract/audit-records.ts';
import { client } from '../../../lib/client.ts';
import { notifyDone } from '../../../lib/notify.ts';
import { usePermission } from '../../../lib/session.ts';
import { FolderField } from '../../../ui/folder-field.tsx';
import { FormError } from '../../../ui/form-error.tsx';
import { SettingsCard } from '../../settings/settings-section.tsx';
import { auditQueries } from '../queries.ts';
import { formats } from './formats.ts';

/** A week, as the contract takes it. */
const mostMinutes = 10_080;

/** Where the files for a log collector go, in what form and how often. */
export function ExportSettingsCard({ settings }: { readonly settings: SiemSettings }) {
  const { t } = useTranslation('audit');
  const queryClient = useQueryClient();
  const mayManage = usePermission('audit.manage');
  const form = useForm({
    initialValues: { ...settings, on: settings.folder !== null, folder: settings.folder ?? '' },
    validate: {
      folder: (value, { on }) => (on && value.trim() === '' ? t('export.folderMissing') : null),
      everyMinutes: (value) => (Number.isInteger(value) && value >= 1 && value <= mostMinutes ? null : t('export.everyWrong')),
    },
  });
  const save = useMutation({
    mutationFn: ({ on, folder, ...values }: typeof form.values) => client.audit.setSiem({ ...values, folder: on ? folder.trim() : null }),
    meta: { quiet: true },
    onSuccess: (state) => {
      queryClient.setQueryData(auditQueries.siem().queryKey, state);
      notifyDone(t('export.saved'));
    },
  });
  const { on } = form.values;
  return (
    <SettingsCard title={t('export.settings')} lead={t('export.lead')}>
      <form noValidate aria-label={t('export.settings')} onSubmit={form.onSubmit((values) => save.mutate(values))}>
        <fieldset disabled={!mayManage} className="stack" style={{ border: 0, margin: 0, padding: 0, maxWidth: 640 }}>
          <Switch label={t('export.on')} {...form.getInputProps('on', { type: 'checkbox' })} />
          {on && (
            <>
              <FolderField
                required
                label={t('export.folder')}
                description={t('export.folderHint')}
                onChoose={(folder) => form.setFieldValue('folder', folder)}
                {...form.getInputProps('folder')}
              />
              <SimpleGrid cols={{ base: 1, xs: 2 }}>
                <Select
                  label={t('export.format')}
                  allowDeselect={false}
                  data={formats.map((value) => ({ value, label: t(`export.formats.${value}`) }))}
                  {...form.getInputProps('format')}
                />
                <NumberInput
                  label={t('export.every')}
                  suffix={` ${t('export.minutes')}`}
                  min={1}
                  max={mostMinutes}
                  allowDecimal={false}
                  {...form.getInputProps('everyMinutes')}
                />
              </SimpleGrid>
              <Checkbox
                label={t('export.taken')}
                description={t('export.takenHint')}
                {...form.getInputProps('filesTaken', { type: 'checkbox' })}
              />
            </>
          )}
          <FormError error={save.error} />
          {mayManage && (
            <Group>
              <Button type="submit" loading={save.isPending} disabled={!form.isDirty()}>
                {t('export.save')}
              </Button>
            </Group>
          )}
        </fieldset>
      </form>
    </SettingsCard>
  );
}
