import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import type { FlowProblem } from '../../../../electron/core/contract/flows.ts';

/** The text of a problem: our translation of its code where there is one, else core's own message. */
export function useProblemText(): (problem: FlowProblem) => string {
  const { t } = useTranslation('flows');
  return useCallback(
    ({ code, message, details }: FlowProblem) => {
      // Ports and port types have names of their own in the page's language.
      const named = Object.fromEntries(
        Object.entries(details).map(([name, value]) => {
          const group = name === 'port' ? 'names' : name === 'from' || name === 'to' ? 'types' : null;
          return [name, group === null ? value : t(`ports.${group}.${value}`, { defaultValue: String(value) })];
        }),
      );
      return t(`problems.codes.${code.replace('/', '.')}`, { ...named, defaultValue: message });
    },
    [t],
  );
}
