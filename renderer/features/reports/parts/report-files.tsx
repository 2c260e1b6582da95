import { Anchor, Table, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { formatBytes } from '../../../lib/format.ts';
import type { ReportFile } from '../any-report.ts';

type Props = {
  readonly files: readonly ReportFile[];
  readonly busy: boolean;
  /** Absent where the person may not take files out. */
  readonly onSave?: (name: string) => void;
};

/** The files of a report, with what each is for and the hash it is signed with. */
export function ReportFiles({ files, busy, onSave }: Props) {
  const { t, i18n } = useTranslation('reports');
  return (
    <div style={{ overflowX: 'auto' }}>
      <Table aria-label={t('files.title')} miw={620}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('files.name')}</Table.Th>
            <Table.Th>{t('files.purpose')}</Table.Th>
            <Table.Th ta="right">{t('files.size')}</Table.Th>
            <Table.Th>SHA-256</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {files.map(({ name, size, sha256 }) => {
            const purpose = `reports:files.purposes.${name.replaceAll('.', '-')}`;
            return (
              <Table.Tr key={name}>
                <Table.Td style={{ whiteSpace: 'nowrap' }}>
                  {onSave ? (
                    <Anchor component="button" type="button" fz="sm" disabled={busy} onClick={() => onSave(name)}>
                      {name}
                    </Anchor>
                  ) : (
                    name
                  )}
                </Table.Td>
                <Table.Td>
                  <Text fz="xs" c="dimmed">
                    {i18n.exists(purpose) ? i18n.t(purpose) : ''}
                  </Text>
                </Table.Td>
                <Table.Td ta="right" style={{ whiteSpace: 'nowrap' }}>
                  {formatBytes(size)}
                </Table.Td>
                <Table.Td>
                  <Text component="code" fz="xs" ff="monospace" title={sha256} style={{ whiteSpace: 'nowrap' }}>
                    {sha256.slice(0, 16)}…
                  </Text>
                </Table.Td>
              </Table.Tr>
            );
          })}
        </Table.Tbody>
      </Table>
    </div>
  );
}
