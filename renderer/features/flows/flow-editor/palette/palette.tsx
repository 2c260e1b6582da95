import { CloseButton, Text, TextInput, Title } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useReactFlow } from '@xyflow/react';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { NodeType } from '../../../../../electron/core/contract/flows.ts';
import { addNodeOfType, goToNode } from '../actions/acts.ts';
import { dragType } from '../canvas/drag-type.ts';
import { NodeIcon } from '../node-icon.tsx';
import { useEditor, useEditorState } from '../state/editor-context.tsx';
import type { ViewEdge, ViewNode } from '../state/view-graph.ts';
import { useNames } from '../use-names.ts';
import classes from './palette.module.css';
import { findTypes, sections } from './palette-model.ts';

/** Every node type by section. Click or Enter adds one beside the selected node; dragging puts it where it is dropped. */
export function Palette({ onAdded }: { readonly onAdded?: () => void }) {
  const { t } = useTranslation('flows');
  const editor = useEditor();
  const canvas = useReactFlow<ViewNode, ViewEdge>();
  const catalogue = useEditorState((state) => state.catalogue);
  const [search, setSearch] = useState('');
  const found = useMemo(() => sections(findTypes(catalogue, search)), [catalogue, search]);
  const add = (type: NodeType): void => {
    goToNode(editor, canvas, addNodeOfType(editor, canvas, type));
    onAdded?.();
  };
  const first = found[0]?.types[0];
  return (
    <div className={classes['palette']}>
      <TextInput
        aria-label={t('palette.search')}
        placeholder={t('palette.search')}
        leftSection={<IconSearch size={15} aria-hidden />}
        rightSection={search && <CloseButton size="sm" aria-label={t('palette.clear')} onClick={() => setSearch('')} />}
        value={search}
        data-autofocus={onAdded ? true : undefined}
        onChange={(event) => setSearch(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && first && search.trim() !== '') add(first);
        }}
      />
      <div className={classes['sections']}>
        {found.length === 0 && (
          <Text fz="xs" c="dimmed" role="status">
            {t('palette.nothing', { search })}
          </Text>
        )}
        {found.map(({ category, types }) => (
          <section key={category} aria-label={t(`categories.${category}`)}>
            <Title order={3} fz="xs" c="dimmed" mb={4}>
              {t(`categories.${category}`)}
            </Title>
            {types.map((type) => (
              <PaletteEntry key={type.type} type={type} onAdd={add} />
            ))}
          </section>
        ))}
      </div>
    </div>
  );
}

function PaletteEntry({ type, onAdd }: { readonly type: NodeType; readonly onAdd: (type: NodeType) => void }) {
  const { t } = useTranslation('flows');
  const { typeTitle, typeDescription } = useNames();
  return (
    <button
      type="button"
      className={classes['entry']}
      draggable
      aria-label={t('palette.add', { title: typeTitle(type) })}
      title={typeDescription(type)}
      onClick={() => onAdd(type)}
      onDragStart={(event) => {
        event.dataTransfer.setData(dragType, type.type);
        event.dataTransfer.effectAllowed = 'copy';
      }}
    >
      <NodeIcon type={type} />
      <span className={classes['entryText']}>
        <span>{typeTitle(type)}</span>
        <span className={classes['entryHelp']}>{typeDescription(type)}</span>
      </span>
    </button>
  );
}
