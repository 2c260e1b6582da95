import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { Approval } from '../../../../electron/core/contract/index.ts';
import { client } from '../../../lib/client.ts';
import { notifyDone } from '../../../lib/notify.ts';
import { navigate } from '../../../lib/route.ts';
import { saveFiles } from '../../../lib/save-files.ts';

/** Calls with a secret in their input, or whose answer is shown once: the person goes there and does them again, with the same. */
const places: Readonly<Record<string, readonly [string, readonly string[]]>> = {
  'keys.beginRecovery': ['settings', ['keys']],
  'keys.beginCustodians': ['settings', ['keys']],
  'keys.addToken': ['settings', ['keys']],
  'identity.resetPassword': ['settings', ['people']],
  'identity.setDirectory': ['settings', ['directory']],
  'identity.separateDuties': ['settings', ['roles']],
  'signing.useToken': ['settings', ['signing']],
};

type Files = { readonly files: readonly { readonly name: string; readonly base64: string }[] };
type Call = (input: unknown) => Promise<unknown>;

/** Where a call is made again; null where that can be done from the list itself. */
function placeOf({ call, input }: Approval): readonly [string, readonly string[]] | null {
  // What is left of a case is shown on its own page.
  if (call === 'cases.remove' && typeof input === 'object' && input !== null && 'id' in input) return ['cases', [String(input['id'])]];
  return places[call] ?? null;
}

/** Whether what was approved can be done from the list itself. */
export function repeatable(approval: Approval): boolean {
  return placeOf(approval) === null;
}

/** Does what was approved: the same call with the same input, whose answer is shown or saved as ever. */
export function useRepeat(approval: Approval) {
  const { t } = useTranslation('approvals');
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: async () => {
      const place = placeOf(approval);
      if (place) return navigate(...place);
      const answer = await callOf(approval.call)(approval.input ?? undefined);
      if (isFiles(answer)) saveFiles(t('file', { date: new Date().toISOString().slice(0, 10) }), answer.files);
      notifyDone(t('done'));
      await queryClient.invalidateQueries();
    },
    meta: { quiet: true },
    onSettled: () => queryClient.invalidateQueries({ queryKey: ['approvals'] }),
  });
}

/** The client's function for `area.call`. */
function callOf(path: string): Call {
  const found = path.split('.').reduce<unknown>((part, name) => (part as Record<string, unknown>)[name], client);
  return found as Call;
}

function isFiles(answer: unknown): answer is Files {
  return typeof answer === 'object' && answer !== null && 'files' in answer && Array.isArray(answer.files);
}
