import { Alert, Button, Stack, Text } from '@mantine/core';
import { modals } from '@mantine/modals';
import { IconAlertTriangle, IconBell, IconRefresh } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { describe } from '../../../lib/errors.ts';
import { formatNumber } from '../../../lib/format.ts';
import { usePermission } from '../../../lib/session.ts';
import { useNow } from '../../../lib/use-now.ts';
import { ErrorState } from '../../../ui/error-state.tsx';
import { Fact, Facts } from '../../../ui/facts.tsx';
import { Loading } from '../../../ui/loading.tsx';
import { Time } from '../../../ui/time.tsx';
import { SettingsCard } from '../settings-section.tsx';
import { RotationProgress } from './rotation-progress.tsx';
import { useRotation } from './use-rotation.ts';

const dayMs = 86_400_000;

/** The vault key: how old it is, when the policy asks for the next one, and its replacement as it goes. */
export function RotationCard() {
  const { t } = useTranslation(['keys', 'common']);
  const mayManage = usePermission('keys.manage');
  const { rotation, rotate } = useRotation();
  const now = useNow(false);
  const state = rotation.data;
  const ask = (): void => {
    modals.openConfirmModal({
      title: t('rotation.confirmTitle'),
      children: (
        <Stack gap="xs">
          <Text>{t('rotation.confirmText')}</Text>
          <Text c="dimmed">{t('rotation.confirmMore')}</Text>
        </Stack>
      ),
      labels: { confirm: t('rotation.start'), cancel: t('common:cancel') },
      onConfirm: () => rotate.mutate(),
    });
  };
  return (
    <SettingsCard
      title={t('rotation.title')}
      lead={t('rotation.lead')}
      actions={
        mayManage &&
        state && (
          <Button
            variant={state.due ? 'filled' : 'default'}
            leftSection={<IconRefresh size={16} aria-hidden />}
            disabled={state.running !== null && state.problem === null}
            loading={rotate.isPending}
            onClick={state.running ? () => rotate.mutate() : ask}
          >
            {t(state.running && state.problem ? 'rotation.again' : 'rotation.action')}
          </Button>
        )
      }
    >
      {rotation.isPending && <Loading lines={2} />}
      {rotation.isError && <ErrorState error={rotation.error} onRetry={() => void rotation.refetch()} />}
      {state && (
        <>
          {state.due && !state.running && (
            <Alert color="orange" icon={<IconBell size={18} aria-hidden />}>
              {t('rotation.due', { days: formatNumber(Math.max(0, Math.floor((now - state.lastRotatedAt) / dayMs))) })}
            </Alert>
          )}
          {state.problem && (
            <Alert color="red" icon={<IconAlertTriangle size={18} aria-hidden />} title={t('rotation.problem')}>
              {describe(state.problem)}
            </Alert>
          )}
          {state.running && <RotationProgress running={state.running} />}
          <Facts>
            <Fact name={t('rotation.epoch')}>{t('rotation.number', { number: formatNumber(state.epoch) })}</Fact>
            <Fact name={t('rotation.since')}>
              <Time at={state.lastRotatedAt} />
            </Fact>
            <Fact name={t('rotation.next')}>{state.dueAt === null ? t('rotation.never') : <Time at={state.dueAt} />}</Fact>
          </Facts>
        </>
      )}
    </SettingsCard>
  );
}
