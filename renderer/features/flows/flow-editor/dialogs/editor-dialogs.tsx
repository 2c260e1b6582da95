import { Modal } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Palette } from '../palette/palette.tsx';
import { useEditor, useEditorState } from '../state/editor-context.tsx';
import { ConnectDialog } from './connect-dialog.tsx';
import { KeyList } from './key-list.tsx';

/** The editor's dialogs: add a node, connect two ports, list the keys. All of them work without the mouse. */
export function EditorDialogs() {
  const { t } = useTranslation(['flows', 'common']);
  const editor = useEditor();
  const dialog = useEditorState((state) => state.dialog);
  const close = (): void => editor.set({ dialog: null });
  const closeButtonProps = { 'aria-label': t('common:close') };
  return (
    <>
      {/* The new node takes the keyboard, so it is not given back to where it was. */}
      <Modal opened={dialog === 'add'} onClose={close} title={t('actions.add')} closeButtonProps={closeButtonProps} returnFocus={false}>
        <div style={{ height: 'min(460px, 60vh)' }}>
          <Palette onAdded={close} />
        </div>
      </Modal>
      <Modal opened={dialog === 'connect'} onClose={close} title={t('actions.connect')} closeButtonProps={closeButtonProps}>
        <ConnectDialog onDone={close} />
      </Modal>
      <Modal opened={dialog === 'keys'} onClose={close} title={t('actions.keys')} closeButtonProps={closeButtonProps}>
        <KeyList />
      </Modal>
    </>
  );
}
