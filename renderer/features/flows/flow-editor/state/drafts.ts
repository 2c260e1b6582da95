import { whenSessionEnds } from '../../../../lib/connection.ts';
import type { Editor } from './editor-store.ts';

/** Editors left with unsaved changes where nobody could be asked (the Back key); opening the flow again continues there. */
const drafts = new Map<string, Editor>();
whenSessionEnds(() => drafts.clear());

export const keepDraft = (flowId: string, editor: Editor): void => void drafts.set(flowId, editor);
export const draftOf = (flowId: string): Editor | undefined => drafts.get(flowId);
export const dropDraft = (flowId: string): void => void drafts.delete(flowId);
