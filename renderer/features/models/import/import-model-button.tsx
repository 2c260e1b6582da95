import { Button } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { desktop } from '../../../lib/desktop.ts';
import { notifyError } from '../../../lib/notify.ts';
import { importModelFile } from '../imports.ts';
import { askForStorage } from './ask-for-storage.tsx';

/** Opens the native dialog in the desktop window, where the file may also stay in its place; the browser's elsewhere. */
export async function chooseModel(): Promise<void> {
  const bridge = desktop();
  try {
    if (bridge) {
      const paths = await bridge.openFiles();
      if (paths.length > 0) askForStorage(paths);
    } else for (const file of await browserFiles()) void importModelFile(file);
  } catch (error) {
    notifyError(error);
  }
}

function browserFiles(): Promise<readonly File[]> {
  return new Promise((resolve) => {
    const input = document.createElement('input');
    input.type = 'file';
    input.multiple = true;
    input.accept = '.gguf';
    input.addEventListener('change', () => resolve([...(input.files ?? [])]), { once: true });
    input.addEventListener('cancel', () => resolve([]), { once: true });
    input.click();
  });
}

export function ImportModelButton() {
  const { t } = useTranslation('models');
  return (
    <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => void chooseModel()}>
      {t('import.action')}
    </Button>
  );
}
