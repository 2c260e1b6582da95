import { Text } from '@mantine/core';
import { modals } from '@mantine/modals';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useCallback, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { FlowSummary } from '../../../../electron/core/contract/flows.ts';
import { chosenCaseId, inCase } from '../../../lib/cases.ts';
import { client } from '../../../lib/client.ts';
import { notifyDone } from '../../../lib/notify.ts';
import { navigate } from '../../../lib/route.ts';
import { saveFile } from '../../../lib/save-file.ts';

export type FlowActions = {
  readonly importing: boolean;
  readonly chooseYaml: () => void;
  readonly exportYaml: (flow: FlowSummary) => void;
  readonly duplicate: (flow: FlowSummary) => void;
  readonly askRemove: (flow: FlowSummary) => void;
};

/** What can be done with flows from their list. Errors are told by the page's notifications. */
export function useFlowActions(): FlowActions {
  const { t } = useTranslation(['flows', 'common']);
  const queryClient = useQueryClient();
  const refresh = useCallback(() => queryClient.invalidateQueries({ queryKey: ['flows', 'list'] }), [queryClient]);

  const { mutate: importFile, isPending: importing } = useMutation({
    mutationFn: async (file: File) => client.flows.importYaml({ ...inCase(chosenCaseId()), yaml: await file.text() }),
    onSuccess: async (flow) => {
      await refresh();
      navigate('flows', [flow.id]);
    },
  });
  const { mutate: exportYaml } = useMutation({
    mutationFn: async ({ id }: FlowSummary) => {
      const { yaml, fileName } = await client.flows.exportYaml({ id });
      saveFile(fileName, new Blob([yaml], { type: 'application/yaml' }));
    },
  });
  const { mutate: duplicate } = useMutation({
    mutationFn: async ({ id, caseId }: FlowSummary) => {
      const { document } = await client.flows.get({ id });
      return client.flows.create({ caseId, document: { ...document, name: t('save.copyName', { name: document.name }).slice(0, 120) } });
    },
    onSuccess: refresh,
  });
  const { mutate: remove } = useMutation({
    mutationFn: ({ id }: FlowSummary) => client.flows.remove({ id }),
    onSuccess: async (_removed, flow) => {
      notifyDone(t('list.removed', { name: flow.name }));
      await refresh();
    },
  });

  return useMemo(
    () => ({
      importing,
      chooseYaml: () => chooseFile('.yaml,.yml', importFile),
      exportYaml: (flow) => exportYaml(flow),
      duplicate: (flow) => duplicate(flow),
      askRemove: (flow) =>
        modals.openConfirmModal({
          title: t('list.removeTitle', { name: flow.name }),
          children: <Text fz="sm">{t('list.removeHelp')}</Text>,
          labels: { confirm: t('common:remove'), cancel: t('common:cancel') },
          confirmProps: { color: 'red' },
          onConfirm: () => remove(flow),
        }),
    }),
    [importing, importFile, exportYaml, duplicate, remove, t],
  );
}

function chooseFile(accept: string, onFile: (file: File) => void): void {
  const input = document.createElement('input');
  input.type = 'file';
  input.accept = accept;
  input.addEventListener('change', () => {
    const [file] = input.files ?? [];
    if (file) onFile(file);
  });
  input.click();
}
