import { ActionIcon, Alert, Button, Group, Menu, Text } from '@mantine/core';
import { modals } from '@mantine/modals';
import {
  IconAlertTriangle,
  IconCopy,
  IconDots,
  IconFolderSearch,
  IconScale,
  IconSignature,
  IconTransfer,
  IconTrash,
} from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Witness } from '../../../../electron/core/contract/witness.ts';
import { client } from '../../../lib/client.ts';
import { formatNumber } from '../../../lib/format.ts';
import { notifyDone } from '../../../lib/notify.ts';
import { usePermission } from '../../../lib/session.ts';
import { Fact, Facts } from '../../../ui/facts.tsx';
import { FormError } from '../../../ui/form-error.tsx';
import { GuardedButton } from '../../../ui/guarded-button.tsx';
import { StatusBadge } from '../../../ui/status-badge.tsx';
import { Time } from '../../../ui/time.tsx';
import { SettingsCard } from '../../settings/settings-section.tsx';
import { AlarmText } from './alarm-text.tsx';
import { CheckResult } from './check-result.tsx';
import { OtherFolder } from './other-folder.tsx';
import { useWitnessChange } from './use-witness-change.ts';
import classes from './witnesses.module.css';

type Props = { readonly witness: Witness; readonly onCarry: () => void };

const icon = { size: 16, stroke: 1.7, 'aria-hidden': true } as const;

/** One witness: how much it has seen, where it is, and what can be asked of it. */
export function WitnessCard({ witness, onCarry }: Props) {
  const { t } = useTranslation(['audit', 'common']);
  const mayManage = usePermission('audit.manage');
  const [asking, setAsking] = useState<'cosign' | 'check' | null>(null);
  const { id, name, key, folder, reachable, addedAt, last, behind, alarm } = witness;
  const check = useWitnessChange((path: string | null) => client.witness.check({ id, folder: path }), {
    quiet: true,
    onDone: () => setAsking(null),
  });
  const cosign = useWitnessChange((path: string | null) => client.witness.cosign({ id, folder: path }), {
    quiet: true,
    onDone: ({ last: now }) => {
      setAsking(null);
      check.reset();
      notifyDone(t('witness.cosigned', { name, entries: formatNumber(now?.size ?? 0) }));
    },
  });
  const remove = useWitnessChange(() => client.witness.remove({ id }));
  const askRemove = (): void => {
    modals.openConfirmModal({
      title: t('witness.removeTitle', { name }),
      children: <Text>{t('witness.removeText')}</Text>,
      labels: { confirm: t('common:remove'), cancel: t('common:cancel') },
      confirmProps: { color: 'red' },
      onConfirm: () => remove.mutate(undefined),
    });
  };
  const away = reachable ? null : t(folder === null ? 'witness.elsewhere' : 'witness.away', { folder: folder ?? '' });
  return (
    <SettingsCard
      title={name}
      actions={
        mayManage && (
          <Group gap="xs" wrap="nowrap">
            {folder === null ? (
              <Button leftSection={<IconTransfer {...icon} />} onClick={onCarry}>
                {t('witness.carry')}
              </Button>
            ) : (
              <>
                <GuardedButton
                  blocked={away}
                  loading={cosign.isPending}
                  leftSection={<IconSignature {...icon} />}
                  onClick={() => cosign.mutate(null)}
                >
                  {t('witness.cosign')}
                </GuardedButton>
                <GuardedButton variant="default" blocked={away} loading={check.isPending} onClick={() => check.mutate(null)}>
                  {t('witness.check')}
                </GuardedButton>
              </>
            )}
            <Menu position="bottom-end">
              <Menu.Target>
                <ActionIcon variant="subtle" color="gray" aria-label={t('witness.actions', { name })}>
                  <IconDots size={18} aria-hidden />
                </ActionIcon>
              </Menu.Target>
              <Menu.Dropdown>
                <Menu.Item leftSection={<IconFolderSearch {...icon} />} onClick={() => setAsking('cosign')}>
                  {t('witness.cosignIn')}
                </Menu.Item>
                <Menu.Item leftSection={<IconScale {...icon} />} onClick={() => setAsking('check')}>
                  {t('witness.checkIn')}
                </Menu.Item>
                {folder !== null && (
                  <Menu.Item leftSection={<IconTransfer {...icon} />} onClick={onCarry}>
                    {t('witness.carryItem')}
                  </Menu.Item>
                )}
                <Menu.Item
                  leftSection={<IconCopy {...icon} />}
                  onClick={() => void navigator.clipboard.writeText(key).then(() => notifyDone(t('witness.keyCopied')))}
                >
                  {t('witness.copyKey')}
                </Menu.Item>
                <Menu.Divider />
                <Menu.Item color="red" leftSection={<IconTrash {...icon} />} onClick={askRemove}>
                  {t('witness.remove')}
                </Menu.Item>
              </Menu.Dropdown>
            </Menu>
          </Group>
        )
      }
    >
      {alarm && (
        <Alert color="red" role="alert" icon={<IconAlertTriangle size={18} aria-hidden />}>
          <AlarmText name={name} verdict={alarm.verdict} at={alarm.at} />
          {alarm.seenSize !== null && (
            <Text fz="xs">{t('witness.alarmSeen', { count: alarm.seenSize, shown: formatNumber(alarm.seenSize) })}</Text>
          )}
        </Alert>
      )}
      {asking === null && <FormError error={cosign.error ?? check.error} />}
      {check.data && !alarm && <CheckResult check={check.data} />}
      <Facts>
        <Fact name={t('witness.last')}>
          {last ? (
            <>
              {t('witness.entries', { count: last.size, shown: formatNumber(last.size) })} · <Time at={last.at} />
            </>
          ) : (
            t('witness.never')
          )}
        </Fact>
        <Fact name={t('witness.behind')}>
          <StatusBadge tone={last === null || alarm ? 'warning' : behind === 0 ? 'good' : 'neutral'}>
            {t('witness.entries', { count: behind, shown: formatNumber(behind) })}
          </StatusBadge>
        </Fact>
        <Fact name={t('witness.place')}>
          {folder === null ? (
            t('witness.secondMachine')
          ) : (
            <>
              {folder}{' '}
              <StatusBadge tone={reachable ? 'good' : 'neutral'}>{t(reachable ? 'witness.there' : 'witness.notThere')}</StatusBadge>
            </>
          )}
        </Fact>
        <Fact name={t('witness.since')}>
          <Time at={addedAt} />
        </Fact>
      </Facts>
      <div>
        <Text fz="xs" c="dimmed">
          {t('witness.key')}
        </Text>
        <code className={classes['key']}>{key}</code>
      </div>
      <OtherFolder
        what={asking}
        name={name}
        error={asking === 'cosign' ? cosign.error : check.error}
        busy={cosign.isPending || check.isPending}
        onClose={() => {
          setAsking(null);
          cosign.reset();
          check.reset();
        }}
        onFolder={(path) => (asking === 'cosign' ? cosign : check).mutate(path)}
      />
    </SettingsCard>
  );
}
