import { Group, Stack, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { ActionButton } from '../actions/action-button.tsx';
import { useEditorState } from '../state/editor-context.tsx';
import { documentOf } from '../state/editor-store.ts';
import { useNames } from '../use-names.ts';

/** One connection: from where to where, and what flows over it. */
export function EdgeInspector({ id, readOnly }: { readonly id: string; readonly readOnly: boolean }) {
  const { t } = useTranslation('flows');
  const { nodeTitle } = useNames();
  const edge = useEditorState((state) => documentOf(state).edges.find((candidate) => candidate.id === id));
  const portType = useEditorState((state) => state.edges.find((candidate) => candidate.id === id)?.data?.portType ?? 'any');
  const nodes = useEditorState((state) => documentOf(state).nodes);
  const catalogue = useEditorState((state) => state.catalogue);
  if (!edge) return null;
  const title = (nodeId: string): string => {
    const node = nodes.find((candidate) => candidate.id === nodeId);
    return node ? nodeTitle(node, catalogue.get(node.type)) : nodeId;
  };
  const port = (handle: string): string => t(`ports.names.${handle}`, { defaultValue: handle });
  return (
    <Stack gap="sm">
      <Title order={2} fz="md">
        {t('edge.title')}
      </Title>
      <Text>
        {title(edge.source)} ({port(edge.sourceHandle)}) → {title(edge.target)} ({port(edge.targetHandle)})
      </Text>
      <Text fz="xs" c="dimmed">
        {t('edge.carries', { type: t(`ports.types.${portType}`) })}
      </Text>
      {!readOnly && (
        <Group>
          <ActionButton id="remove" labelled />
        </Group>
      )}
    </Stack>
  );
}
