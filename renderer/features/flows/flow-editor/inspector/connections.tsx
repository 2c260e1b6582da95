import { ActionIcon, Button, Group, Stack, Text, Title } from '@mantine/core';
import { IconArrowLeft, IconArrowRight, IconPlugConnected, IconX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { FlowEdge } from '../../../../../electron/core/contract/flows.ts';
import { remove } from '../model/flow-model.ts';
import { useEditor, useEditorParts, useEditorState } from '../state/editor-context.tsx';
import { documentOf } from '../state/editor-store.ts';
import { useNames } from '../use-names.ts';

/** Everything a node is joined with, as a list: the way to see and cut connections without the mouse. */
export function Connections({ id, readOnly }: { readonly id: string; readonly readOnly: boolean }) {
  const { t } = useTranslation('flows');
  const editor = useEditor();
  const edges = useEditorParts((state) => documentOf(state).edges.filter((edge) => edge.source === id || edge.target === id));
  return (
    <Stack gap={6}>
      <Group justify="space-between">
        <Title order={3} fz="sm">
          {t('connections.title')}
        </Title>
        {!readOnly && (
          <Button
            variant="subtle"
            leftSection={<IconPlugConnected size={15} aria-hidden />}
            onClick={() => editor.set({ dialog: 'connect' })}
          >
            {t('actions.connect')}
          </Button>
        )}
      </Group>
      {edges.length === 0 && (
        <Text fz="xs" c="dimmed">
          {t('connections.none')}
        </Text>
      )}
      {edges.map((edge) => (
        <ConnectionLine key={edge.id} edge={edge} id={id} readOnly={readOnly} />
      ))}
    </Stack>
  );
}

function ConnectionLine({ edge, id, readOnly }: { readonly edge: FlowEdge; readonly id: string; readonly readOnly: boolean }) {
  const { t } = useTranslation('flows');
  const editor = useEditor();
  const { nodeTitle } = useNames();
  const incoming = edge.target === id;
  const other = incoming ? edge.source : edge.target;
  const name = useEditorState((state) => {
    const node = documentOf(state).nodes.find((candidate) => candidate.id === other);
    return node ? nodeTitle(node, state.catalogue.get(node.type)) : other;
  });
  const port = (handle: string): string => t(`ports.names.${handle}`, { defaultValue: handle });
  return (
    <Group gap={6} wrap="nowrap">
      {incoming ? (
        <IconArrowLeft size={14} aria-label={t('connections.from')} />
      ) : (
        <IconArrowRight size={14} aria-label={t('connections.to')} />
      )}
      <Text fz="xs" flex={1} truncate>
        {port(incoming ? edge.targetHandle : edge.sourceHandle)} · {name} ({port(incoming ? edge.sourceHandle : edge.targetHandle)})
      </Text>
      {!readOnly && (
        <ActionIcon
          variant="subtle"
          color="gray"
          aria-label={t('connections.remove', { name })}
          onClick={() => editor.change({ label: 'disconnect' }, (document) => remove(document, new Set(), new Set([edge.id])))}
        >
          <IconX size={14} aria-hidden />
        </ActionIcon>
      )}
    </Group>
  );
}
