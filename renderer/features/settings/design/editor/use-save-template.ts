import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { ReportTemplate } from '../../../../../electron/core/contract/index.ts';
import { client } from '../../../../lib/client.ts';
import { notifyDone } from '../../../../lib/notify.ts';
import { rewrite } from '../../../../lib/route.ts';
import { templatesQuery } from '../queries.ts';

type Draft = { readonly source: ReportTemplate; readonly copy: boolean; readonly name: string; readonly text: string };

/** Saves a template; a new one then has an address of its own. */
export function useSaveTemplate({ source, copy, name, text }: Draft, onSaved: (saved: { name: string; text: string }) => void) {
  const { t } = useTranslation('design');
  const queryClient = useQueryClient();
  const mutation = useMutation({
    mutationFn: () =>
      client.templates.save({ ...(copy ? {} : { id: source.id }), kind: source.kind, language: source.language, name: name.trim(), text }),
    meta: { quiet: true },
    onSuccess: (saved) => {
      queryClient.setQueryData(
        templatesQuery().queryKey,
        (before) =>
          before &&
          (before.some(({ id }) => id === saved.id) ? before.map((one) => (one.id === saved.id ? saved : one)) : [...before, saved]),
      );
      onSaved({ name, text });
      notifyDone(t('editor.done'));
    },
  });
  const save = async (): Promise<boolean> => {
    if (mutation.isPending) return false;
    try {
      const { id } = await mutation.mutateAsync();
      // Once the page knows that nothing is unsaved, it lets go of the old address.
      if (copy) setTimeout(() => rewrite('settings', ['design', id]));
      return true;
    } catch {
      return false;
    }
  };
  return { save, saving: mutation.isPending, error: mutation.error };
}
