import { notifications } from '@mantine/notifications';
import { approvalIdOf, approvalsRoute } from './approvals.ts';
import { whenSessionEnds } from './connection.ts';
import { describeError, isCancelled } from './errors.ts';
import { i18n } from './i18n.ts';
import { navigate } from './route.ts';

// What one person was told is not for the sign-in page.
whenSessionEnds(() => notifications.clean());

/** Tells about a failed action: what happened and what to do. Cancellations are silent; a call that waits for a second person did not fail. */
export function notifyError(error: unknown): void {
  if (isCancelled(error)) return;
  if (approvalIdOf(error) !== null) return notifyApproval(i18n.t('common:approval.title'), i18n.t('common:approval.text'));
  notifications.show({ color: 'red', title: i18n.t('common:failed'), message: describeError(error), autoClose: 12_000, withBorder: true });
}

export function notifyDone(message: string): void {
  notifications.show({ color: 'petrol', message, autoClose: 4_000, withBorder: true });
}

/** Says why nothing was done: nothing failed, it is just not possible now. */
export function notifyRefused(reason: string): void {
  notifications.show({ color: 'yellow', message: reason, autoClose: 8_000, withBorder: true });
}

/** One notice at a time about requests for a second person; a click shows them. */
export function notifyApproval(title: string, message: string): void {
  const id = 'approval';
  notifications.hide(id);
  notifications.show({
    id,
    color: 'petrol',
    title,
    message,
    autoClose: 12_000,
    withBorder: true,
    style: { cursor: 'pointer' },
    onClick: () => {
      notifications.hide(id);
      navigate(...approvalsRoute);
    },
  });
}
