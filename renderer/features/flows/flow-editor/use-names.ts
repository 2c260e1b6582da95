import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { FlowNode, NodeType } from '../../../../electron/core/contract/flows.ts';
import type { Language } from '../../../lib/i18n.ts';

/** Names of nodes and node types in the page's language. */
export function useNames() {
  const { i18n } = useTranslation();
  const language: Language = i18n.language === 'zh-CN' ? 'zh-CN' : 'en';
  return useMemo(
    () => ({
      language,
      typeTitle: (type: NodeType): string => type.title[language],
      typeDescription: (type: NodeType): string => type.description[language],
      /** The title a person gave, else the name of the type, else the type itself. */
      nodeTitle: (node: FlowNode, type: NodeType | undefined): string => node.title ?? type?.title[language] ?? node.type,
    }),
    [language],
  );
}
