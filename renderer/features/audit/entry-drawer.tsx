import { Code, Drawer, Table, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { AuditEntry } from '../../../electron/core/contract/index.ts';
import { formatNumber, formatTimeWithZone } from '../../lib/format.ts';
import { StatusBadge } from '../../ui/status-badge.tsx';
import { actionName } from './action-name.ts';
import { outcomeTones } from './use-audit-columns.tsx';

/** Everything one entry holds. */
export function EntryDrawer({ entry, onClose }: { readonly entry: AuditEntry | null; readonly onClose: () => void }) {
  const { t } = useTranslation(['audit', 'common']);
  return (
    <Drawer
      opened={entry !== null}
      onClose={onClose}
      position="right"
      size={440}
      title={entry && actionName(entry.action)}
      overlayProps={{ backgroundOpacity: 0.15 }}
      closeButtonProps={{ 'aria-label': t('common:close') }}
    >
      {entry && (
        <Table withRowBorders={false} layout="fixed">
          <Table.Tbody>
            <Fact name={t('column.sequence')}>{formatNumber(entry.sequence)}</Fact>
            <Fact name={t('column.at')}>{formatTimeWithZone(entry.at)}</Fact>
            <Fact name={t('column.actor')}>{entry.actor}</Fact>
            <Fact name={t('column.action')}>
              <Code>{entry.action}</Code>
            </Fact>
            <Fact name={t('column.subject')}>{entry.subject || '–'}</Fact>
            <Fact name={t('column.outcome')}>
              <StatusBadge tone={outcomeTones[entry.outcome]}>{t(`outcome.${entry.outcome}`)}</StatusBadge>
            </Fact>
            <Fact name={t('details')}>
              <Code block fz={11} style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>
                {JSON.stringify(entry.details, null, 2)}
              </Code>
            </Fact>
            <Fact name={t('leafHash')}>
              <Text ff="monospace" fz="xs" style={{ overflowWrap: 'anywhere' }}>
                {entry.leafHash}
              </Text>
            </Fact>
          </Table.Tbody>
        </Table>
      )}
    </Drawer>
  );
}

function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <Table.Tr>
      <Table.Th scope="row" fw={400} c="dimmed" w={110} style={{ verticalAlign: 'top' }}>
        {name}
      </Table.Th>
      <Table.Td style={{ overflowWrap: 'anywhere' }}>{children}</Table.Td>
    </Table.Tr>
  );
}
