import { Button, Checkbox, Group, NumberInput, Select, SimpleGrid, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { BackupSettings } from '../../../../electron/core/contract/index.ts';
import { client } from '../../../lib/client.ts';
import { notifyDone } from '../../../lib/notify.ts';
import { usePermission } from '../../../lib/session.ts';
import { FolderField } from '../../../ui/folder-field.tsx';
import { FormError } from '../../../ui/form-error.tsx';
import { SettingsCard } from '../settings-section.tsx';
import { clockText, minuteOf } from './clock.ts';
import { backupQuery } from './queries.ts';

const schedules = ['daily', 'weekly', 'off'] as const;
const kept = ['daily', 'weekly', 'monthly'] as const;

/** Where backups go, when, how many are kept. Nothing is backed up before a folder is named. */
export function BackupSettingsCard({ settings }: { readonly settings: BackupSettings }) {
  const { t } = useTranslation('backup');
  const queryClient = useQueryClient();
  const mayManage = usePermission('backup.manage');
  const form = useForm({
    initialValues: { ...settings, folder: settings.folder ?? '', time: clockText(settings.atMinute) },
    validate: {
      folder: (value) => (value.trim() === '' ? t('settings.folderMissing') : null),
      time: (value) => (minuteOf(value) === null ? t('settings.timeMissing') : null),
    },
  });
  const save = useMutation({
    mutationFn: ({ time, folder, ...values }: typeof form.values) =>
      client.backup.setSettings({ ...values, folder: folder.trim(), atMinute: minuteOf(time) ?? settings.atMinute }),
    meta: { quiet: true },
    onSuccess: (state) => {
      queryClient.setQueryData(backupQuery.queryKey, state);
      notifyDone(t('settings.saved'));
    },
  });
  return (
    <SettingsCard title={t('settings.title')} lead={settings.folder === null ? t('settings.first') : undefined}>
      <form onSubmit={form.onSubmit((values) => save.mutate(values))} noValidate aria-label={t('settings.title')}>
        <fieldset disabled={!mayManage} className="stack" style={{ border: 0, margin: 0, padding: 0, maxWidth: 640 }}>
          <FolderField
            label={t('settings.folder')}
            description={t('settings.folderHint')}
            onChoose={(folder) => form.setFieldValue('folder', folder)}
            required
            {...form.getInputProps('folder')}
          />
          <SimpleGrid cols={{ base: 1, xs: 2 }}>
            <Select
              label={t('settings.schedule')}
              allowDeselect={false}
              data={schedules.map((value) => ({ value, label: t(`settings.schedules.${value}`) }))}
              {...form.getInputProps('schedule')}
            />
            <TextInput type="time" label={t('settings.time')} disabled={form.values.schedule === 'off'} {...form.getInputProps('time')} />
          </SimpleGrid>
          <div>
            <SimpleGrid cols={3}>
              {kept.map((each) => (
                <NumberInput
                  key={each}
                  label={t(`settings.keep.${each}`)}
                  min={each === 'daily' ? 1 : 0}
                  max={365}
                  allowDecimal={false}
                  {...form.getInputProps(`keep.${each}`)}
                />
              ))}
            </SimpleGrid>
            <Text fz="xs" c="dimmed" mt={6}>
              {t('settings.keepHint')}
            </Text>
          </div>
          <Checkbox
            label={t('settings.models')}
            description={t('settings.modelsHint')}
            {...form.getInputProps('includeModels', { type: 'checkbox' })}
          />
          <Checkbox label={t('settings.battery')} {...form.getInputProps('pauseOnBattery', { type: 'checkbox' })} />
          <FormError error={save.error} />
          {mayManage && (
            <Group>
              <Button type="submit" loading={save.isPending} disabled={!form.isDirty() && settings.folder !== null}>
                {t('settings.save')}
              </Button>
            </Group>
          )}
        </fieldset>
      </form>
    </SettingsCard>
  );
}
