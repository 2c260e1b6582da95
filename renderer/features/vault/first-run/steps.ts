import { useTranslation } from 'react-i18next';

/** How many steps the first run has. */
export const firstRunSteps = 3;

/** “Step 2 of 3”, the line above the title. */
export function useStepText(step: number): string {
  const { t } = useTranslation('vault');
  return t('step', { step, count: firstRunSteps });
}
