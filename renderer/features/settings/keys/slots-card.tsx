import { Button, Group, Table, Text, Tooltip } from '@mantine/core';
import { IconFileText, IconPassword, IconUsb, IconUsersGroup, type Icon } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { KeySlot } from '../../../../electron/core/contract/index.ts';
import { formatNumber } from '../../../lib/format.ts';
import { usePermission } from '../../../lib/session.ts';
import { Time } from '../../../ui/time.tsx';
import { SettingsCard, WideTable } from '../settings-section.tsx';
import { useRemoveSlot } from './use-remove-slot.tsx';

const icons: Readonly<Record<KeySlot['kind'], Icon>> = {
  password: IconPassword,
  token: IconUsb,
  recovery: IconFileText,
  custodians: IconUsersGroup,
};

/** Every way to open the vault, and what each asks for. */
export function SlotsCard({ slots }: { readonly slots: readonly KeySlot[] }) {
  const { t } = useTranslation('keys');
  return (
    <SettingsCard title={t('slots.title')} lead={t('slots.lead')}>
      <WideTable>
        <Table aria-label={t('slots.title')} miw={560}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t('slots.kind')}</Table.Th>
              <Table.Th>{t('slots.whose')}</Table.Th>
              <Table.Th>{t('slots.factors')}</Table.Th>
              <Table.Th>{t('slots.made')}</Table.Th>
              <Table.Th />
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {slots.map((slot) => (
              <SlotRow key={slot.id} slot={slot} />
            ))}
          </Table.Tbody>
        </Table>
      </WideTable>
    </SettingsCard>
  );
}

function SlotRow({ slot }: { readonly slot: KeySlot }) {
  const { t } = useTranslation(['keys', 'common']);
  const mayManage = usePermission('keys.manage');
  const remove = useRemoveSlot(slot);
  const Icon = icons[slot.kind];
  const kind = t(`slots.kinds.${slot.kind}`);
  return (
    <Table.Tr>
      <Table.Td fw={500}>
        <Group gap="xs" wrap="nowrap">
          <Icon size={16} stroke={1.7} aria-hidden style={{ flex: 'none' }} />
          {kind}
        </Group>
      </Table.Td>
      <Table.Td>{slot.person?.userName ?? (slot.label || '–')}</Table.Td>
      <Table.Td>
        {slot.threshold !== null && slot.shares !== null ? (
          t('slots.sharesOf', { threshold: formatNumber(slot.threshold), count: formatNumber(slot.shares) })
        ) : (
          <Text component="span">{slot.factors.map((factor) => t(`slots.factor.${factor}`)).join(' + ')}</Text>
        )}
      </Table.Td>
      <Table.Td>
        <Time at={slot.createdAt} />
      </Table.Td>
      <Table.Td ta="right">
        {mayManage && slot.kind !== 'password' && (
          <Button
            variant="subtle"
            color="red"
            loading={remove.busy}
            onClick={remove.ask}
            aria-label={t('slots.removeNamed', { kind, name: slot.person?.userName ?? '' })}
          >
            {t('common:remove')}
          </Button>
        )}
        {slot.kind === 'password' && (
          <Tooltip label={t('slots.passwordStaysHint')} multiline maw={300}>
            <Text c="dimmed" fz="xs" component="span" tabIndex={0}>
              {t('slots.passwordStays')}
            </Text>
          </Tooltip>
        )}
      </Table.Td>
    </Table.Tr>
  );
}
