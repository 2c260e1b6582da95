import { createContext, use } from 'react';
import type { ActionContext as Value } from './editor-actions.ts';

const ActionContext = createContext<Value | null>(null);
export const ActionProvider = ActionContext;

/** What actions act on. */
export function useActionContext(): Value {
  const context = use(ActionContext);
  if (!context) throw new Error('useActionContext is for components inside a flow editor.');
  return context;
}
