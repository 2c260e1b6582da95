import { useQuery } from '@tanstack/react-query';
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import type { Step } from '../../../electron/core/contract/runs.ts';
import { client } from '../../lib/client.ts';

/** Names the nodes of a flow's runs: the title given in the flow, else that of the node type, else the node's id. */
export function useNodeTitles(flowId: string): (step: Pick<Step, 'nodeId' | 'nodeType'>) => string {
  const { i18n } = useTranslation();
  const language = i18n.language === 'zh-CN' ? 'zh-CN' : 'en';
  const types = useQuery({
    queryKey: ['flows', 'nodeTypes'],
    queryFn: ({ signal }) => client.flows.nodeTypes(undefined, { signal }),
    staleTime: Number.POSITIVE_INFINITY,
  });
  // The flow may be gone while its runs remain; then the types' own names serve.
  const flow = useQuery({
    queryKey: ['flows', 'get', flowId],
    queryFn: ({ signal }) => client.flows.get({ id: flowId }, { signal }),
    retry: false,
  });
  return useCallback(
    ({ nodeId, nodeType }) =>
      flow.data?.document.nodes.find((node) => node.id === nodeId)?.title ??
      types.data?.find((type) => type.type === nodeType)?.title[language] ??
      nodeId,
    [flow.data, types.data, language],
  );
}
