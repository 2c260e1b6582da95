import { Group, Stack, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { ActionButton } from '../actions/action-button.tsx';
import { useEditorState } from '../state/editor-context.tsx';

/** Several nodes: what can be done with all of them. */
export function SelectionInspector({ readOnly }: { readonly readOnly: boolean }) {
  const { t } = useTranslation('flows');
  const count = useEditorState((state) => state.selectedNodes.length);
  return (
    <Stack gap="sm">
      <Title order={2} fz="md">
        {t('selection.title', { count })}
      </Title>
      <Group gap="xs">
        <ActionButton id="copy" labelled />
        {!readOnly && (
          <>
            <ActionButton id="duplicate" labelled />
            <ActionButton id="arrange" labelled />
            <ActionButton id="remove" labelled />
          </>
        )}
      </Group>
    </Stack>
  );
}
