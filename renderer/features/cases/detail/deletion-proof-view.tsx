import { Alert, Button, Group, Stack, Table, Text } from '@mantine/core';
import { IconAlertTriangle, IconDownload, IconShieldCheck } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { DeletionProof } from '../../../../electron/core/contract/index.ts';
import { formatNumber } from '../../../lib/format.ts';
import { navigate } from '../../../lib/route.ts';
import { saveFile } from '../../../lib/save-file.ts';

const figures = ['documents', 'flows', 'runs', 'conversations', 'reports', 'blobsErased', 'blobsShared', 'rowsLeft', 'blobsLeft'] as const;

/** What a verified deletion left: nothing, with the figures and the place in the audit log. */
export function DeletionProofView({ proof }: { readonly proof: DeletionProof }) {
  const { t } = useTranslation('cases');
  const clean = proof.rowsLeft === 0 && proof.blobsLeft === 0;
  const save = (): void =>
    saveFile(`${t('proof.file', { name: proof.name })}.json`, new Blob([JSON.stringify(proof, null, 2)], { type: 'application/json' }));
  return (
    <Stack gap="md">
      <Alert
        role="status"
        color={clean ? 'green' : 'red'}
        icon={clean ? <IconShieldCheck size={18} aria-hidden /> : <IconAlertTriangle size={18} aria-hidden />}
        title={t(clean ? 'proof.clean' : 'proof.left')}
      >
        {t('proof.text', { sequence: formatNumber(proof.auditSequence) })}
      </Alert>
      <Table aria-label={t('proof.title')} maw={520}>
        <Table.Tbody>
          {figures.map((name) => (
            <Table.Tr key={name}>
              <Table.Th scope="row" fw={400}>
                {t(`proof.figures.${name}`)}
              </Table.Th>
              <Table.Td ta="right">{formatNumber(proof[name])}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      <Text fz="xs" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
        {t('proof.id', { id: proof.caseId })}
      </Text>
      <Group gap="xs">
        <Button leftSection={<IconDownload size={15} aria-hidden />} onClick={save}>
          {t('proof.download')}
        </Button>
        <Button variant="default" onClick={() => navigate('cases')}>
          {t('detail.back')}
        </Button>
      </Group>
    </Stack>
  );
}
