import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import type { FlowProblem } from '../../../../electron/core/contract/flows.ts';

/** The text of a problem: our translation of its code where there is one, else core's own message. */
export function useProblemText(): (problem: FlowProblem) => string {
  const { t } = useTranslation('flows');
  return useCallback(
    ({ code, message, details }: FlowProblem) => t(`problems.codes.${code.replace('/', '.')}`, { ...details, defaultValue: message }),
    [t],
  );
}
