import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
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
  /** A copy becomes a template of its own when it is first saved. */
  const [made, setMade] = useState<string | null>(null);
  const [staying, setStaying] = useState(false);
  const mutation = useMutation({
    mutationFn: (given: { readonly name: string; readonly text: string }) => {
      const id = copy ? made : source.id;
      const { kind, language } = source;
      return client.templates.save({ ...(id === null ? {} : { id }), kind, language, name: given.name.trim(), text: given.text });
    },
    meta: { quiet: true },
    onSuccess: (saved, given) => {
      queryClient.setQueryData(
        templatesQuery().queryKey,
        (before) =>
          before &&
          (before.some(({ id }) => id === saved.id) ? before.map((one) => (one.id === saved.id ? saved : one)) : [...before, saved]),
      );
      if (copy) setMade(saved.id);
      onSaved(given);
      notifyDone(t('editor.done'));
    },
  });
  /** True once it is saved. */
  const save = async (): Promise<boolean> => {
    if (mutation.isPending) return false;
    return mutation.mutateAsync({ name, text }).then(
      () => true,
      () => false,
    );
  };
  const saveAndStay = (): void => {
    setStaying(true);
    void save();
  };
  // It goes to its own address once nothing was typed meanwhile: the page there begins with what is saved.
  const whole = mutation.isSuccess && mutation.variables.name === name && mutation.variables.text === text;
  useEffect(() => {
    if (made !== null && staying && whole) rewrite('settings', ['design', made]);
  }, [made, staying, whole]);
  return { save, saveAndStay, saving: mutation.isPending, error: mutation.error };
}
