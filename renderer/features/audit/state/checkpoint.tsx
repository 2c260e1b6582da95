import { Button, Code, CopyButton, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { AuditState } from '../../../../electron/core/contract/index.ts';

/** The signed head: what an auditor writes down to notice later that the log was rolled back. */
export function Checkpoint({ state }: { readonly state: Pick<AuditState, 'checkpoint' | 'publicKey'> }) {
  const { t } = useTranslation('audit');
  const { checkpoint, publicKey } = state;
  return (
    <Stack gap="xs">
      <Text fz="xs" c="dimmed">
        {t('verify.checkpointText')}
      </Text>
      <Code block fz={11} style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>
        {checkpoint}
      </Code>
      <Text fz="xs" fw={600}>
        {t('verify.publicKey')}
      </Text>
      <Code block fz={11} style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>
        {publicKey}
      </Code>
      <CopyButton value={`${checkpoint}\n${publicKey}\n`}>
        {({ copied, copy }) => (
          <Button variant="default" onClick={copy} style={{ alignSelf: 'flex-start' }}>
            {copied ? t('verify.copied') : t('verify.copy')}
          </Button>
        )}
      </CopyButton>
    </Stack>
  );
}
