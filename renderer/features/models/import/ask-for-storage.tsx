import { Button, Group, Text } from '@mantine/core';
import { modals } from '@mantine/modals';
import { i18n } from '../../../lib/i18n.ts';
import { importModelPath } from '../imports.ts';

/** Copy into Redoubt's folder, or use the file where it is: a model may be larger than what is free. */
export function askForStorage(paths: readonly string[]): void {
  const start = (mode: 'copy' | 'link'): void => {
    modals.closeAll();
    for (const path of paths) void importModelPath(path, mode);
  };
  modals.open({
    title: i18n.t('models:import.action'),
    children: (
      <>
        <Text mb="md">{i18n.t('models:import.question')}</Text>
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={() => start('link')}>
            {i18n.t('models:import.link')}
          </Button>
          <Button data-autofocus onClick={() => start('copy')}>
            {i18n.t('models:import.copy')}
          </Button>
        </Group>
      </>
    ),
  });
}
