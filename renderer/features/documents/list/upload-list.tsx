import { Button, CloseButton, Group, Progress, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { describe } from '../../../lib/errors.ts';
import { formatBytes } from '../../../lib/format.ts';
import { dismissImport, stopImports, useImports } from '../imports.ts';

/** Files on their way from the page into the vault, and those that could not be sent. */
export function UploadList() {
  const { t } = useTranslation(['documents', 'common']);
  const imports = useImports((store) => store.imports);
  if (imports.length === 0) return null;
  const failed = imports.filter(({ failure }) => failure !== null);
  const moving = imports.filter(({ failure }) => failure === null);
  const total = moving.reduce((sum, { size }) => sum + size, 0);
  const sent = moving.reduce((sum, one) => sum + one.sent, 0);
  return (
    <Stack
      gap={6}
      px="md"
      py={8}
      style={{ borderBottom: '1px solid var(--rd-line)', flex: 'none' }}
      role="region"
      aria-label={t('uploads.title')}
    >
      {moving.length > 0 && (
        <Group gap="sm" wrap="nowrap">
          <Text fz="xs">{t('uploads.sending', { count: moving.length })}</Text>
          <Progress value={total === 0 ? 100 : (sent / total) * 100} size={6} flex={1} maw={320} aria-label={t('uploads.title')} />
          <Text fz="xs" c="dimmed">
            {formatBytes(sent)} / {formatBytes(total)}
          </Text>
          <Button variant="subtle" size="compact-xs" onClick={stopImports}>
            {t('uploads.stop')}
          </Button>
        </Group>
      )}
      {failed.map(({ id, name, failure }) => (
        <Group key={id} gap="xs" wrap="nowrap" role="alert">
          <CloseButton size="xs" aria-label={t('common:close')} onClick={() => dismissImport(id)} />
          <Text fz="xs" fw={500} truncate>
            {name}
          </Text>
          <Text fz="xs" c="red" truncate>
            {failure && describe(failure)}
          </Text>
        </Group>
      ))}
    </Stack>
  );
}
