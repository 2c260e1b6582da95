import { Alert, Button, Stack } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { KeySlot } from '../../../../electron/core/contract/index.ts';
import { notifyDone } from '../../../lib/notify.ts';
import { RecoveryMaker } from '../../vault/recovery/recovery-maker.tsx';
import { slotsQuery } from '../keys/queries.ts';

/** Core separates duties only where a recovery code or custodians can help an administrator. */
export function needsRecovery(slots: readonly KeySlot[]): boolean {
  return !slots.some(({ kind }) => kind === 'recovery' || kind === 'custodians');
}

/** What is inside once there is a recovery code or a set of custodians; until then the making of a recovery sheet. */
export function RecoveryFirst({ onCancel, children }: { readonly onCancel: () => void; readonly children: ReactNode }) {
  const { t } = useTranslation(['roles', 'common']);
  const queryClient = useQueryClient();
  const slots = useQuery(slotsQuery).data;
  if (slots === undefined) return null;
  if (!needsRecovery(slots)) return children;
  const done = (): void => {
    notifyDone(t('separation.sheetDone'));
    void queryClient.invalidateQueries({ queryKey: slotsQuery.queryKey });
  };
  return (
    <Stack gap="md">
      <Alert color="orange" icon={<IconAlertTriangle size={18} aria-hidden />}>
        {t('separation.sheetFirst')}
      </Alert>
      <RecoveryMaker
        onDone={done}
        beside={
          <Button size="sm" variant="default" onClick={onCancel}>
            {t('common:cancel')}
          </Button>
        }
      />
    </Stack>
  );
}
