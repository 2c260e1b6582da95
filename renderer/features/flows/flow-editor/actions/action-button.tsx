import { ActionIcon, Button, Tooltip } from '@mantine/core';
import {
  IconAdjustments,
  IconArrowBackUp,
  IconArrowForwardUp,
  IconClipboard,
  IconCopy,
  IconCopyPlus,
  IconDeviceFloppy,
  IconKeyboard,
  IconLayoutSidebar,
  IconLayoutSidebarRight,
  IconLayoutDistributeHorizontal,
  IconMaximize,
  IconPlayerPlay,
  IconPlugConnected,
  IconPlus,
  IconTrash,
  type Icon,
} from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useEditorState } from '../state/editor-context.tsx';
import { useActionContext } from './action-context.tsx';
import classes from './actions.module.css';
import { actionOf } from './editor-actions.ts';
import { keyNames } from './keys.ts';

const icons: Readonly<Record<string, Icon>> = {
  add: IconPlus,
  arrange: IconLayoutDistributeHorizontal,
  configure: IconAdjustments,
  connect: IconPlugConnected,
  copy: IconCopy,
  duplicate: IconCopyPlus,
  fit: IconMaximize,
  inspector: IconLayoutSidebarRight,
  keys: IconKeyboard,
  palette: IconLayoutSidebar,
  paste: IconClipboard,
  redo: IconArrowForwardUp,
  remove: IconTrash,
  run: IconPlayerPlay,
  save: IconDeviceFloppy,
  undo: IconArrowBackUp,
};

type Props = { readonly id: string; readonly labelled?: boolean; readonly variant?: string; readonly loading?: boolean };

/** An editor action as a button: icon with its name and key on hover, or with its name in it. */
export function ActionButton({ id, labelled = false, variant, loading = false }: Props) {
  const { t } = useTranslation('flows');
  const context = useActionContext();
  const action = actionOf(id);
  const enabled = useEditorState((state) => action.enabled(state, context));
  const undone = useEditorState(({ history }) =>
    id === 'undo' ? history.past.at(-1)?.act.label : id === 'redo' ? history.future[0]?.act.label : undefined,
  );
  const name = t(`actions.${id}`);
  const keys = action.keys[0] === undefined ? '' : keyNames(action.keys[0]);
  const hint = `${undone ? t(`actions.${id}What`, { what: t(`acts.${undone}`) }) : name}${keys ? ` (${keys})` : ''}`;
  const Shape = icons[id];
  const icon = Shape ? <Shape size={17} stroke={1.7} aria-hidden /> : null;
  const colour = id === 'remove' ? 'red' : undefined;
  if (labelled) {
    return (
      <Tooltip label={hint}>
        <Button
          variant={variant ?? 'default'}
          {...(colour && variant !== undefined ? { color: colour } : {})}
          leftSection={icon}
          disabled={!enabled}
          loading={loading}
          onClick={() => action.perform(context)}
        >
          {name}
        </Button>
      </Tooltip>
    );
  }
  return (
    <Tooltip label={hint}>
      <ActionIcon
        variant={variant ?? 'subtle'}
        color="gray"
        size={30}
        aria-label={name}
        className={classes['tool'] ?? ''}
        disabled={!enabled}
        loading={loading}
        onClick={() => action.perform(context)}
      >
        {icon}
      </ActionIcon>
    </Tooltip>
  );
}
