import { Group, Stack, Text, Textarea, TextInput, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { ActionButton } from '../actions/action-button.tsx';
import { useEditor, useEditorParts } from '../state/editor-context.tsx';
import { documentOf } from '../state/editor-store.ts';

/** Nothing is selected: the flow itself, its name and description. */
export function FlowInspector({ readOnly }: { readonly readOnly: boolean }) {
  const { t } = useTranslation('flows');
  const editor = useEditor();
  const { name, description, nodes, edges, version } = useEditorParts((state) => ({
    name: documentOf(state).name,
    description: documentOf(state).description,
    nodes: documentOf(state).nodes.length,
    edges: documentOf(state).edges.length,
    version: state.saved.version,
  }));
  return (
    <Stack gap="sm">
      <Title order={2} fz="md">
        {t('details.title')}
      </Title>
      <TextInput
        label={t('details.name')}
        value={name}
        maxLength={120}
        withAsterisk
        readOnly={readOnly}
        error={name.trim() === '' ? t('faults.required') : null}
        onChange={(event) => {
          const next = event.currentTarget.value;
          editor.change({ label: 'renameFlow', merge: 'flow:name' }, (document) => ({ ...document, name: next }));
        }}
        onBlur={() => editor.seal()}
      />
      <Textarea
        label={t('details.description')}
        value={description}
        maxLength={2000}
        autosize
        minRows={3}
        maxRows={12}
        readOnly={readOnly}
        onChange={(event) => {
          const next = event.currentTarget.value;
          editor.change({ label: 'describeFlow', merge: 'flow:description' }, (document) => ({ ...document, description: next }));
        }}
        onBlur={() => editor.seal()}
      />
      <Text fz="xs" c="dimmed">
        {t('details.facts', { version, nodes, edges })}
      </Text>
      <Text fz="xs" c="dimmed">
        {t('details.help')}
      </Text>
      <Group>
        <ActionButton id="keys" labelled />
      </Group>
    </Stack>
  );
}
