import { useEffect, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useCommands } from '../../lib/commands.ts';
import { navigate } from '../../lib/route.ts';
import { modKey } from '../../ui/key-hint.tsx';
import { askAgain } from './ask.ts';
import { stopAnswer, useLiveAnswers } from './live-answers.ts';

/** Escape stops the answer, Ctrl/Cmd + Shift + O begins a new conversation; both, and asking again, are in the palette too. */
export function useAssistantKeys(id: string | null, mayAsk: boolean): void {
  const { t } = useTranslation('assistant');
  const streaming = useLiveAnswers((store) => id !== null && id in store.live);

  const commands = useMemo(
    () => [
      { id: 'assistant:new', title: t('new'), keys: `${modKey}Shift+O`, perform: () => navigate('assistant') },
      ...(id !== null && streaming ? [{ id: 'assistant:stop', title: t('stop'), keys: 'Esc', perform: () => stopAnswer(id) }] : []),
      ...(id !== null && !streaming && mayAsk
        ? [{ id: 'assistant:again', title: t('regenerateHint'), perform: () => void askAgain(id) }]
        : []),
    ],
    [t, id, streaming, mayAsk],
  );
  useCommands(t('common:views.assistant'), commands);

  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.key === 'Escape' && id !== null && streaming && !event.defaultPrevented && !event.isComposing && !inLayer(event.target))
        stopAnswer(id);
      else if ((event.ctrlKey || event.metaKey) && event.shiftKey && event.key.toLowerCase() === 'o') navigate('assistant');
      else return;
      event.preventDefault();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [id, streaming]);
}

/** Escape in a dialog, menu or list closes that. */
function inLayer(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest('[role="dialog"], [role="menu"], [role="listbox"], [aria-expanded="true"]') !== null;
}
