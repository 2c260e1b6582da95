import { Alert, Anchor } from '@mantine/core';
import { closeAllModals } from '@mantine/modals';
import { IconAlertTriangle, IconUserCheck } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { approvalIdOf, approvalsRoute } from '../lib/approvals.ts';
import { describeError, isCancelled } from '../lib/errors.ts';
import { formatHash } from '../lib/route.ts';

/** Why a form was not accepted, or that it waits for a second person; nothing while there is no error. */
export function FormError({ error }: { readonly error: unknown }) {
  if (error === null || error === undefined || isCancelled(error)) return null;
  if (approvalIdOf(error) !== null) return <WaitsForSecond />;
  return (
    <Alert role="alert" color="red" variant="light" icon={<IconAlertTriangle size={18} aria-hidden />}>
      {describeError(error)}
    </Alert>
  );
}

function WaitsForSecond() {
  const { t } = useTranslation('common');
  return (
    <Alert role="status" color="petrol" title={t('approval.title')} icon={<IconUserCheck size={18} aria-hidden />}>
      {t('approval.text')}{' '}
      <Anchor href={formatHash(...approvalsRoute)} onClick={() => closeAllModals()} fz="sm">
        {t('approval.open')}
      </Anchor>
    </Alert>
  );
}
