import { Table } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Failure } from '../../../lib/errors.ts';
import { formatNumber, formatTime } from '../../../lib/format.ts';

/** Figures that core sends along: of this copy, and as they were seen before. */
const compared = [
  { name: 'records', here: 'records', before: 'recordsSeen', show: formatNumber },
  { name: 'commits', here: 'commits', before: 'commitsSeen', show: formatNumber },
  { name: 'newest', here: 'newestRecordAt', before: 'seenAt', show: (at: number) => formatTime(at) },
] as const;

/** What is here beside what was seen before, as far as core knows. */
export function OlderFigures({ details }: { readonly details: Failure['details'] }) {
  const { t } = useTranslation('vault');
  const rows = compared.flatMap(({ name, here, before, show }) => {
    const text = (value: unknown): string => (typeof value === 'number' ? show(value) : '–');
    return typeof details[here] === 'number' || typeof details[before] === 'number'
      ? [{ name, here: text(details[here]), before: text(details[before]) }]
      : [];
  });
  if (rows.length === 0) return null;
  return (
    <Table aria-label={t('older.figures.label')}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th />
          <Table.Th ta="right">{t('older.figures.here')}</Table.Th>
          <Table.Th ta="right">{t('older.figures.before')}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {rows.map(({ name, here, before }) => (
          <Table.Tr key={name}>
            <Table.Td c="dimmed">{t(`older.figures.${name}`)}</Table.Td>
            <Table.Td ta="right" fw={600}>
              {here}
            </Table.Td>
            <Table.Td ta="right" fw={600}>
              {before}
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}
