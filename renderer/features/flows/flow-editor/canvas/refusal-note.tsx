import { IconPlugConnectedX } from '@tabler/icons-react';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useEditor, useEditorState } from '../state/editor-context.tsx';
import classes from './canvas.module.css';

const shownMs = 7_000;

/** Says why a connection was refused, where the person is looking, and aloud to screen readers. */
export function RefusalNote() {
  const { t } = useTranslation('flows');
  const editor = useEditor();
  const refused = useEditorState((state) => state.refused);
  const drawing = useEditorState((state) => state.linking !== null);

  useEffect(() => {
    if (!refused || drawing) return;
    const timer = setTimeout(() => editor.refuse(null), shownMs);
    return () => clearTimeout(timer);
  }, [refused, drawing, editor]);

  const { from = '', to = '', ...details } = refused?.refusal.details ?? {};
  return (
    <div className={classes['refusal']} role="status" aria-live="polite">
      {refused && (
        <span>
          <IconPlugConnectedX size={16} stroke={1.8} aria-hidden />
          {t(`refusals.${refused.refusal.code}`, {
            ...details,
            from: t(`ports.types.${from}`, { defaultValue: from }),
            to: t(`ports.types.${to}`, { defaultValue: to }),
          })}
        </span>
      )}
    </div>
  );
}
