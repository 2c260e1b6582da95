import { useTranslation } from 'react-i18next';
import type { Alert } from '../../../../electron/core/contract/index.ts';
import { StatusBadge, type Tone } from '../../../ui/status-badge.tsx';

const stateTones: Readonly<Record<Alert['state'], Tone>> = { open: 'warning', expected: 'neutral', incident: 'bad' };

/** What came of looking into an alert. */
export function AlertState({ alert }: { readonly alert: Alert }) {
  const { t } = useTranslation('alerts');
  return <StatusBadge tone={stateTones[alert.state]}>{t(`state.${alert.state}`)}</StatusBadge>;
}
