import { Button, Group, Select, Stack, Text } from '@mantine/core';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { join } from '../actions/acts.ts';
import { endsOf, portKey, type PortPlace, portPlaces, portsOf, refusal } from '../model/connections.ts';
import { useEditor, useEditorState } from '../state/editor-context.tsx';
import { documentOf } from '../state/editor-store.ts';
import { useNames } from '../use-names.ts';

/** Connects two ports by choosing them from lists; only targets that fit are offered, and how many do not is said. */
export function ConnectDialog({ onDone }: { readonly onDone: () => void }) {
  const { t } = useTranslation(['flows', 'common']);
  const editor = useEditor();
  const document = useEditorState(documentOf);
  const catalogue = useEditorState((state) => state.catalogue);
  const selected = useEditorState((state) => state.selectedNodes);
  const { nodeTitle } = useNames();
  const outputs = useMemo(() => portPlaces(document, catalogue, 'output'), [document, catalogue]);
  const [fromKey, setFromKey] = useState<string | null>(() => {
    const start = outputs.find((place) => selected.includes(place.node)) ?? outputs[0];
    return start ? portKey(start) : null;
  });
  const [toKey, setToKey] = useState<string | null>(null);

  const from = outputs.find((place) => portKey(place) === fromKey) ?? null;
  const all = useMemo(
    () => portPlaces(document, catalogue, 'input').filter((place) => place.node !== from?.node),
    [document, catalogue, from],
  );
  const fitting = useMemo(
    () =>
      all.filter((place) => {
        const ends = from && endsOf(from, place);
        return ends !== null && refusal(document, catalogue, ends) === null;
      }),
    [all, from, document, catalogue],
  );
  const to = fitting.find((place) => portKey(place) === toKey) ?? null;
  const ends = from && to && endsOf(from, to);
  const replaces = to && document.edges.some((edge) => edge.target === to.node && edge.targetHandle === to.port);

  const option = (place: PortPlace) => {
    const node = document.nodes.find((candidate) => candidate.id === place.node);
    const ports = node ? portsOf(document, catalogue, node) : { inputs: [], outputs: [] };
    const port = (place.side === 'input' ? ports.inputs : ports.outputs).find((candidate) => candidate.name === place.port);
    const title = node ? nodeTitle(node, catalogue.get(node.type)) : place.node;
    const twin = document.nodes.some((other) => other.id !== place.node && nodeTitle(other, catalogue.get(other.type)) === title);
    return {
      value: portKey(place),
      label: t('connectDialog.port', {
        node: twin ? `${title} [${place.node}]` : title,
        port: t(`ports.names.${place.port}`, { defaultValue: place.port }),
        type: t(`ports.types.${port?.type ?? 'any'}`),
      }),
    };
  };

  return (
    <Stack gap="sm">
      <Select
        label={t('connectDialog.from')}
        data={outputs.map(option)}
        value={fromKey}
        onChange={(next) => {
          setFromKey(next);
          setToKey(null);
        }}
        allowDeselect={false}
        searchable={outputs.length > 8}
        nothingFoundMessage={t('connectDialog.noPorts')}
      />
      <Select
        label={t('connectDialog.to')}
        description={t('connectDialog.fitting', { fitting: fitting.length, all: all.length })}
        placeholder={fitting.length === 0 ? t('connectDialog.noneFits') : t('connectDialog.choose')}
        data={fitting.map(option)}
        value={toKey}
        onChange={setToKey}
        disabled={fitting.length === 0}
        searchable={fitting.length > 8}
        data-autofocus
      />
      {replaces && (
        <Text fz="xs" c="dimmed" role="status">
          {t('connectDialog.replaces')}
        </Text>
      )}
      <Group justify="flex-end">
        <Button variant="default" onClick={onDone}>
          {t('common:cancel')}
        </Button>
        <Button
          disabled={!ends}
          onClick={() => {
            if (ends && join(editor, ends)) onDone();
          }}
        >
          {t('actions.connect')}
        </Button>
      </Group>
    </Stack>
  );
}
