import { useQueryClient } from '@tanstack/react-query';
import { create } from 'zustand';
import { client } from './client.ts';
import { whenSessionEnds } from './connection.ts';
import { i18n } from './i18n.ts';
import { notifyApproval } from './notify.ts';
import { useStream } from './use-stream.ts';

type Counts = { readonly toDecide: number; readonly toUse: number };
const none: Counts = { toDecide: 0, toUse: 0 };

/** How many requests wait for the signed-in person: to decide, or to carry out what was approved. */
export const useApprovalCounts = create<Counts>(() => none);
whenSessionEnds(() => useApprovalCounts.setState(none));

/** Keeps the figures current, and says so when a request of one's own was approved. Once, in the shell. */
export function useApprovalsWatch(): void {
  const queryClient = useQueryClient();
  useStream<Counts>(
    'approvals',
    (signal) => client.approvals.watch(undefined, { signal }),
    ({ toDecide, toUse }) => {
      if (toUse > useApprovalCounts.getState().toUse) notifyApproval(i18n.t('approvals:approvedTitle'), i18n.t('approvals:approvedNotice'));
      useApprovalCounts.setState({ toDecide, toUse });
      void queryClient.invalidateQueries({ queryKey: ['approvals'] });
    },
  );
}
