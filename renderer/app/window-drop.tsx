import { Stack, Text } from '@mantine/core';
import { Dropzone } from '@mantine/dropzone';
import { IconDownload } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { importFiles } from '../features/documents/imports.ts';
import { importModelFile } from '../features/models/imports.ts';
import { dropTarget } from '../lib/drop-target.ts';
import { notifyRefused } from '../lib/notify.ts';
import { navigate } from '../lib/route.ts';
import { useChosenCase, useWriting } from '../lib/cases.ts';
import { usePermission } from '../lib/session.ts';
import classes from './window-drop.module.css';

const isModel = (file: File): boolean => file.name.toLowerCase().endsWith('.gguf');

/** Files may be dropped anywhere: models go to the registry, everything else becomes a document. */
export function WindowDrop() {
  const { t } = useTranslation('common');
  const chosen = useChosenCase();
  const { allowed: mayDocuments, blocked } = useWriting('documents.write', chosen?.id ?? null);
  const mayModels = usePermission('models.manage');

  const onDrop = (files: readonly File[]): void => {
    const models = mayModels ? files.filter(isModel) : [];
    const documents = mayDocuments ? files.filter((file) => !isModel(file)) : [];
    for (const file of models) void importModelFile(file);
    const take = dropTarget();
    if (documents.length > 0 && !take && blocked !== null) return notifyRefused(blocked);
    if (documents.length > 0) void (take ? take(documents) : importFiles(documents));
    if (models.length > 0) navigate('models');
    else if (documents.length > 0 && !take) navigate('documents');
  };

  return (
    <Dropzone.FullScreen
      active={mayDocuments || mayModels}
      onDrop={onDrop}
      useFsAccessApi={false}
      activateOnClick={false}
      activateOnKeyboard={false}
      tabIndex={-1}
      aria-label={t('drop.title')}
      classNames={{ fullScreen: classes['screen'], root: classes['zone'] }}
    >
      <Stack align="center" justify="center" gap="xs" style={{ pointerEvents: 'none', minHeight: 'calc(100vh - 80px)' }}>
        <IconDownload size={44} stroke={1.2} aria-hidden />
        <Text fz="xl" fw={600}>
          {t('drop.title')}
        </Text>
        <Text c="dimmed">{t('drop.hint')}</Text>
      </Stack>
    </Dropzone.FullScreen>
  );
}
