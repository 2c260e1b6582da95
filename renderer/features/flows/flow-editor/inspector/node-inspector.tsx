import { Alert, Divider, Group, Stack, Text, TextInput, Title } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import type { Json } from '../../../../../electron/core/contract/base.ts';
import type { FlowProblem } from '../../../../../electron/core/contract/flows.ts';
import { ActionButton } from '../actions/action-button.tsx';
import { SchemaForm } from '../form/schema-form.tsx';
import { isFields, type Path, setConfig, setTitle, withValue } from '../model/flow-model.ts';
import { NodeIcon } from '../node-icon.tsx';
import { useEditor, useEditorState } from '../state/editor-context.tsx';
import { documentOf } from '../state/editor-store.ts';
import { useNames } from '../use-names.ts';
import { useProblemText } from '../use-problem-text.ts';
import { Connections } from './connections.tsx';

const none: readonly FlowProblem[] = [];

/** One node: its name, its configuration, what it is joined with and what is wrong with it. */
export function NodeInspector({ id, readOnly }: { readonly id: string; readonly readOnly: boolean }) {
  const { t } = useTranslation('flows');
  const editor = useEditor();
  const { language, typeTitle, typeDescription } = useNames();
  const problemText = useProblemText();
  const node = useEditorState((state) => documentOf(state).nodes.find((candidate) => candidate.id === id));
  const type = useEditorState((state) => state.catalogue.get(node?.type ?? ''));
  const problems = useEditorState((state) => state.problemsByNode.get(id)) ?? none;

  const change = useCallback(
    (path: Path, value: Json | undefined) =>
      editor.change({ label: 'configure', merge: `config:${id}:${path.join('.')}` }, (document) => {
        const config = withValue(document.nodes.find((candidate) => candidate.id === id)?.config, path, value);
        return isFields(config) ? setConfig(document, id, config) : document;
      }),
    [editor, id],
  );
  if (!node) return null;
  return (
    <Stack gap="sm">
      <Group gap="xs" wrap="nowrap">
        <NodeIcon type={type} />
        <Title order={2} fz="md" lineClamp={1}>
          {type ? typeTitle(type) : t('node.unknownType', { type: node.type })}
        </Title>
      </Group>
      <Text fz="xs" c="dimmed">
        {type ? typeDescription(type) : t('node.unknownTypeHelp')}
      </Text>
      {problems.length > 0 && (
        <Alert
          color={problems.some((problem) => problem.severity === 'error') ? 'red' : 'yellow'}
          icon={<IconAlertTriangle size={16} aria-hidden />}
          p="xs"
          role="status"
        >
          {problems.map((problem, index) => (
            <Text key={index} fz="xs">
              {problemText(problem)}
            </Text>
          ))}
        </Alert>
      )}
      <TextInput
        label={t('node.title')}
        placeholder={type ? typeTitle(type) : node.type}
        value={node.title ?? ''}
        maxLength={120}
        readOnly={readOnly}
        onChange={(event) => {
          const title = event.currentTarget.value;
          editor.change({ label: 'rename', merge: `title:${id}` }, (document) => setTitle(document, id, title));
        }}
        onBlur={() => editor.seal()}
      />
      {type && (
        <SchemaForm
          schema={type.configSchema}
          value={node.config}
          language={language}
          readOnly={readOnly}
          onChange={change}
          onSettle={editor.seal}
        />
      )}
      <Divider />
      <Connections id={id} readOnly={readOnly} />
      {!readOnly && (
        <Group gap="xs">
          <ActionButton id="duplicate" labelled />
          <ActionButton id="remove" labelled />
        </Group>
      )}
      <Text fz="xs" c="dimmed" ff="monospace">
        {node.id}
      </Text>
    </Stack>
  );
}
