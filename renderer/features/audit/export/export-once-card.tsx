import { Alert, Button, Group, List, NumberInput, Select, SimpleGrid } from '@mantine/core';
import { useForm } from '@mantine/form';
import { IconCircleCheck } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { SiemFormat } from '../../../../electron/core/contract/audit-records.ts';
import { client } from '../../../lib/client.ts';
import { formatBytes, formatNumber } from '../../../lib/format.ts';
import { FolderField } from '../../../ui/folder-field.tsx';
import { FormError } from '../../../ui/form-error.tsx';
import { SettingsCard } from '../../settings/settings-section.tsx';
import { formats } from './formats.ts';

/** An empty number: from the first, to the newest. */
type Values = { folder: string; format: SiemFormat; first: number | ''; last: number | '' };

/** A range of the log as files, once and beside the schedule. */
export function ExportOnceCard({ format }: { readonly format: SiemFormat }) {
  const { t } = useTranslation('audit');
  const form = useForm<Values>({
    initialValues: { folder: '', format, first: 0, last: '' },
    validate: { folder: (value) => (value.trim() === '' ? t('export.folderMissing') : null) },
  });
  const write = useMutation({
    mutationFn: ({ folder, first, last, ...values }: Values) =>
      client.audit.exportTo({ ...values, folder: folder.trim(), first: first === '' ? 0 : first, last: last === '' ? null : last }),
    meta: { quiet: true },
  });
  const files = write.data?.files;
  return (
    <SettingsCard title={t('export.once')} lead={t('export.onceLead')}>
      <form
        noValidate
        className="stack"
        aria-label={t('export.once')}
        style={{ maxWidth: 640 }}
        onSubmit={form.onSubmit((values) => write.mutate(values))}
      >
        <FolderField
          required
          label={t('export.folder')}
          onChoose={(folder) => form.setFieldValue('folder', folder)}
          {...form.getInputProps('folder')}
        />
        <SimpleGrid cols={{ base: 1, xs: 3 }}>
          <Select
            label={t('export.format')}
            allowDeselect={false}
            data={formats.map((value) => ({ value, label: t(`export.formats.${value}`) }))}
            {...form.getInputProps('format')}
          />
          <NumberInput label={t('export.first')} min={0} allowDecimal={false} {...form.getInputProps('first')} />
          <NumberInput
            label={t('export.lastEntry')}
            placeholder={t('export.newest')}
            min={0}
            allowDecimal={false}
            {...form.getInputProps('last')}
          />
        </SimpleGrid>
        <FormError error={write.error} />
        {files && (
          <Alert
            color="green"
            role="status"
            icon={<IconCircleCheck size={18} aria-hidden />}
            title={t('export.wrote', { count: files.length })}
          >
            <List fz="xs">
              {files.map(({ name, first, last, bytes }) => (
                <List.Item key={name} style={{ overflowWrap: 'anywhere' }}>
                  {name} · {formatNumber(first)}–{formatNumber(last)} · {formatBytes(bytes)}
                </List.Item>
              ))}
            </List>
          </Alert>
        )}
        <Group>
          <Button type="submit" variant="default" loading={write.isPending}>
            {t('export.write')}
          </Button>
        </Group>
      </form>
    </SettingsCard>
  );
}
