import { Alert } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { describeError, isCancelled } from '../lib/errors.ts';

/** Why a form was not accepted; nothing while there is no error. */
export function FormError({ error }: { readonly error: unknown }) {
  if (error === null || error === undefined || isCancelled(error)) return null;
  return (
    <Alert role="alert" color="red" variant="light" icon={<IconAlertTriangle size={18} aria-hidden />}>
      {describeError(error)}
    </Alert>
  );
}
