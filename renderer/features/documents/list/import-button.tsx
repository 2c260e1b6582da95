import { IconPlus } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { desktop } from '../../../lib/desktop.ts';
import { notifyError } from '../../../lib/notify.ts';
import { GuardedButton } from '../../../ui/guarded-button.tsx';
import { importFiles, importPaths } from '../imports.ts';

/** Opens the native dialog in the desktop window, the browser's elsewhere; every chosen file is imported. */
export async function chooseFiles(): Promise<void> {
  const bridge = desktop();
  try {
    if (bridge) await importPaths(await bridge.openFiles());
    else await importFiles(await browserFiles());
  } catch (error) {
    notifyError(error);
  }
}

function browserFiles(): Promise<readonly File[]> {
  return new Promise((resolve) => {
    const input = document.createElement('input');
    input.type = 'file';
    input.multiple = true;
    input.addEventListener('change', () => resolve([...(input.files ?? [])]), { once: true });
    input.addEventListener('cancel', () => resolve([]), { once: true });
    input.click();
  });
}

export function ImportButton({ blocked }: { readonly blocked: string | null }) {
  const { t } = useTranslation('documents');
  return (
    <GuardedButton blocked={blocked} leftSection={<IconPlus size={16} aria-hidden />} onClick={() => void chooseFiles()}>
      {t('import')}
    </GuardedButton>
  );
}
