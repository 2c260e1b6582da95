import { Button, Code, CopyButton, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { AuditVerification } from '../../../electron/core/contract/index.ts';

/** The signed head: what an auditor writes down to notice later that the log was rolled back. */
export function Checkpoint({ verification }: { readonly verification: AuditVerification }) {
  const { t } = useTranslation('audit');
  return (
    <Stack gap="xs">
      <Text fz="xs" c="dimmed">
        {t('verify.checkpointText')}
      </Text>
      <Code block fz={11} style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>
        {verification.checkpoint}
      </Code>
      <Text fz="xs" fw={600}>
        {t('verify.publicKey')}
      </Text>
      <Code block fz={11} style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>
        {verification.publicKey}
      </Code>
      <CopyButton value={`${verification.checkpoint}\n${verification.publicKey}\n`}>
        {({ copied, copy }) => (
          <Button variant="default" onClick={copy} style={{ alignSelf: 'flex-start' }}>
            {copied ? t('verify.copied') : t('verify.copy')}
          </Button>
        )}
      </CopyButton>
    </Stack>
  );
}
