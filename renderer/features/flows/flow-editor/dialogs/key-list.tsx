import { Group, Kbd, Table } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { editorActions } from '../actions/editor-actions.ts';
import { keyNames } from '../actions/keys.ts';

/** Every action of the editor with its keys, written from the actions themselves. */
export function KeyList() {
  const { t } = useTranslation('flows');
  const byId = new Map<string, string[]>();
  for (const { id, keys } of editorActions) byId.set(id, [...(byId.get(id) ?? []), ...keys]);
  return (
    <Table>
      <Table.Tbody>
        {[...byId].map(([id, keys]) => (
          <Table.Tr key={id}>
            <Table.Th fw={400}>{t(`actions.${id}`)}</Table.Th>
            <Table.Td>
              <Group gap={4} justify="flex-end">
                {keys.map((key) => (
                  <Kbd key={key} size="xs">
                    {keyNames(key)}
                  </Kbd>
                ))}
              </Group>
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}
