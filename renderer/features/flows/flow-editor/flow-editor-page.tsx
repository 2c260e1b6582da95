import { ActionIcon, Tooltip } from '@mantine/core';
import { IconArrowLeft } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Flow, NodeType } from '../../../../electron/core/contract/flows.ts';
import { client } from '../../../lib/client.ts';
import { formatHash } from '../../../lib/hash.ts';
import { useRoute } from '../../../lib/route.ts';
import { ErrorState } from '../../../ui/error-state.tsx';
import { Loading } from '../../../ui/loading.tsx';
import { PageHeader } from '../../../ui/page-header.tsx';
import { FlowEditor } from './flow-editor.tsx';
import { draftOf, dropDraft } from './state/drafts.ts';
import { createEditor } from './state/editor-store.ts';

/** Opens a flow: reads it and the node types, or takes up the draft that was left. */
export function FlowEditorPage({ id }: { readonly id: string }) {
  const { t } = useTranslation('flows');
  const [generation, setGeneration] = useState(0);
  const types = useQuery({
    queryKey: ['flows', 'nodeTypes'],
    queryFn: ({ signal }) => client.flows.nodeTypes(undefined, { signal }),
    staleTime: Number.POSITIVE_INFINITY,
  });
  const flow = useQuery({
    // Read afresh for each opening, and never under the hands of who edits.
    queryKey: ['flows', 'open', id, generation],
    queryFn: ({ signal }) => client.flows.get({ id }, { signal }),
    gcTime: 0,
    staleTime: Number.POSITIVE_INFINITY,
  });
  if (types.data && flow.data) {
    return (
      <OpenFlow
        key={generation}
        flow={flow.data}
        nodeTypes={types.data}
        onReload={() => {
          dropDraft(id);
          setGeneration(generation + 1);
        }}
      />
    );
  }
  const failed = flow.error ?? types.error;
  return (
    <>
      <PageHeader
        title={t('title')}
        leading={
          <Tooltip label={t('editor.back')}>
            <ActionIcon variant="subtle" color="gray" component="a" href={formatHash('flows')} aria-label={t('editor.back')}>
              <IconArrowLeft size={18} aria-hidden />
            </ActionIcon>
          </Tooltip>
        }
      />
      {failed ? <ErrorState error={failed} onRetry={() => void Promise.all([flow.refetch(), types.refetch()])} /> : <Loading />}
    </>
  );
}

/** Holds the editor's state for as long as the flow is open. */
function OpenFlow({
  flow,
  nodeTypes,
  onReload,
}: {
  readonly flow: Flow;
  readonly nodeTypes: readonly NodeType[];
  readonly onReload: () => void;
}) {
  const { query } = useRoute();
  const [editor] = useState(() => {
    const editor = draftOf(flow.id) ?? createEditor(flow, nodeTypes);
    if (query['run'] !== undefined) editor.set({ panel: 'run' });
    return editor;
  });
  return (
    <FlowEditor
      editor={editor}
      onReload={() => {
        // Given up knowingly: there is no draft to keep.
        editor.markSaved(flow.version, editor.store.getState().history.present);
        onReload();
      }}
    />
  );
}
