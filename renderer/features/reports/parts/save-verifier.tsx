import { Button, Tooltip } from '@mantine/core';
import { IconFileCheck } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { client } from '../../../lib/client.ts';
import { bytesOf, saveFile } from '../../../lib/save-file.ts';

/** Saves the page with which an auditor checks reports in any browser, without Redoubt and without a network. */
export function SaveVerifier() {
  const { t } = useTranslation('reports');
  const save = useMutation({
    mutationFn: async () => {
      const { name, base64 } = await client.signing.verifier();
      saveFile(name, new Blob([bytesOf(base64)], { type: 'text/html' }));
    },
  });
  return (
    <Tooltip label={t('verifier.hint')} multiline maw={340}>
      <Button variant="subtle" leftSection={<IconFileCheck size={16} aria-hidden />} loading={save.isPending} onClick={() => save.mutate()}>
        {t('verifier.save')}
      </Button>
    </Tooltip>
  );
}
