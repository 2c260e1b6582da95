import { Button, Group, TextInput, type TextInputProps } from '@mantine/core';
import { IconFolder } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { desktop } from '../lib/desktop.ts';
import { notifyError } from '../lib/notify.ts';

type Props = TextInputProps & { readonly onChoose: (folder: string) => void };

/** The path of a folder on this machine: typed, or in the desktop window chosen. */
export function FolderField({ onChoose, ...props }: Props) {
  const { t } = useTranslation('common');
  const bridge = desktop();
  const choose = async (): Promise<void> => {
    const [folder] = (await bridge?.openFiles('folder')) ?? [];
    if (folder !== undefined) onChoose(folder);
  };
  return (
    <Group align="flex-end" gap="xs" wrap="nowrap" flex={1}>
      <TextInput
        flex={1}
        leftSection={<IconFolder size={16} aria-hidden />}
        autoComplete="off"
        spellCheck={false}
        placeholder={t('folder.example')}
        {...props}
      />
      {bridge && (
        <Button variant="default" h={32} onClick={() => void choose().catch(notifyError)}>
          {t('folder.choose')}
        </Button>
      )}
    </Group>
  );
}
