import { ActionIcon, Menu, Stack, Table, Text, Tooltip } from '@mantine/core';
import {
  IconDots,
  IconFileExport,
  IconKey,
  IconLockOpen,
  IconShieldCog,
  IconTimeline,
  IconUserCheck,
  IconUserOff,
} from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Person } from '../../../../electron/core/contract/index.ts';
import { formatTimeWithZone } from '../../../lib/format.ts';
import { formatHash } from '../../../lib/route.ts';
import { usePermission, useSession } from '../../../lib/session.ts';
import { useNow } from '../../../lib/use-now.ts';
import { StatusBadge } from '../../../ui/status-badge.tsx';
import { Time } from '../../../ui/time.tsx';
import { administrators } from './roles.ts';
import type { usePersonActions } from './use-person-actions.tsx';

type Props = {
  readonly person: Person;
  readonly actions: ReturnType<typeof usePersonActions>;
  readonly onResetPassword: () => void;
  readonly onChangeRole: () => void;
};

const icon = { size: 16, stroke: 1.7, 'aria-hidden': true } as const;

/** One account, and what this administrator may do with it. Nobody changes the own role or locks oneself out. */
export function PersonRow({ person, actions, onResetPassword, onChangeRole }: Props) {
  const { t } = useTranslation(['people', 'common']);
  const self = useSession().person.id === person.id;
  const mayManage = usePermission('people.manage');
  const mayAssign = usePermission('people.assign-roles');
  const mayAudit = usePermission('audit.read');
  const now = useNow(person.lockedUntil !== null);
  const active = person.status === 'active';
  const locked = person.lockedUntil !== null && person.lockedUntil > now;
  return (
    <Table.Tr>
      <Table.Td>
        <Text fw={550} truncate title={person.displayName}>
          {person.displayName} {self && <Text component="span" c="dimmed" fz="xs">{`(${t('you')})`}</Text>}
        </Text>
        <Text fz="xs" c="dimmed" truncate>
          {person.userName}
          {person.source === 'directory' && ` · ${t('sources.directory')}`}
        </Text>
        <Text component="div" fz="xs" c="dimmed" hiddenFrom="md">
          {t('lastSignIn')}: {person.lastSignInAt === null ? t('never') : <Time at={person.lastSignInAt} />}
          {person.secondFactor !== null && ` · ${t(`factors.${person.secondFactor}`)}`}
        </Text>
      </Table.Td>
      <Table.Td>{t(`common:roles.${person.role}`)}</Table.Td>
      <Table.Td>
        <Stack gap={3} align="flex-start">
          <StatusBadge tone={!active ? 'neutral' : locked ? 'warning' : 'good'}>
            {t(active && locked ? 'statuses.locked' : `statuses.${person.status}`)}
          </StatusBadge>
          {locked && person.lockedUntil !== null && (
            <Tooltip label={formatTimeWithZone(person.lockedUntil)}>
              <Text fz="xs" c="dimmed">
                {t('lockedFor', { count: Math.ceil((person.lockedUntil - now) / 60_000) })}
              </Text>
            </Tooltip>
          )}
          {person.mustChangePassword && active && (
            <Text fz="xs" c="dimmed">
              {t('mustChange')}
            </Text>
          )}
        </Stack>
      </Table.Td>
      <Table.Td visibleFrom="md">
        {person.secondFactor === null ? <Text c="dimmed">{t('factors.none')}</Text> : t(`factors.${person.secondFactor}`)}
      </Table.Td>
      <Table.Td visibleFrom="md">
        {person.lastSignInAt === null ? <Text c="dimmed">{t('never')}</Text> : <Time at={person.lastSignInAt} />}
      </Table.Td>
      <Table.Td ta="right">
        {(mayManage || mayAudit || (mayAssign && !self)) && (
          <Menu position="bottom-end" withinPortal>
            <Menu.Target>
              <ActionIcon variant="subtle" color="gray" loading={actions.busy} aria-label={t('actionsFor', { name: person.displayName })}>
                <IconDots size={17} aria-hidden />
              </ActionIcon>
            </Menu.Target>
            <Menu.Dropdown>
              {mayManage && locked && (
                <Menu.Item leftSection={<IconLockOpen {...icon} />} onClick={() => actions.unlock(person)}>
                  {t('unlock')}
                </Menu.Item>
              )}
              {mayManage && !self && person.source === 'local' && (
                <Menu.Item
                  leftSection={<IconKey {...icon} />}
                  disabled={administrators.some((role) => role === person.role)}
                  title={administrators.some((role) => role === person.role) ? t('reset.administrator') : undefined}
                  onClick={onResetPassword}
                >
                  {t('reset.menu')}
                </Menu.Item>
              )}
              {mayAssign && !self && (
                <Menu.Item leftSection={<IconShieldCog {...icon} />} onClick={onChangeRole}>
                  {t('changeRole.menu')}
                </Menu.Item>
              )}
              {mayManage && (
                <Menu.Item leftSection={<IconFileExport {...icon} />} onClick={() => actions.askExport(person)}>
                  {t('export.menu')}
                </Menu.Item>
              )}
              {mayAudit && (
                <Menu.Item
                  component="a"
                  href={formatHash('audit', ['log'], { who: person.userName })}
                  leftSection={<IconTimeline {...icon} />}
                >
                  {t('acts')}
                </Menu.Item>
              )}
              {mayManage && !self && (
                <>
                  <Menu.Divider />
                  <Menu.Item
                    {...(active ? { color: 'red' } : {})}
                    leftSection={active ? <IconUserOff {...icon} /> : <IconUserCheck {...icon} />}
                    onClick={() => actions.askStatus(person)}
                  >
                    {t(active ? 'disable' : 'enable')}
                  </Menu.Item>
                </>
              )}
            </Menu.Dropdown>
          </Menu>
        )}
      </Table.Td>
    </Table.Tr>
  );
}
