import { ActionIcon, Tooltip } from '@mantine/core';
import { IconTimeline } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { usePermission } from '../../lib/session.ts';
import { lifeAddress } from './log/life-address.ts';

/** Leads from a thing to all that the audit log has about it, for who may read that; nothing for others. */
export function HistoryLink({ id }: { readonly id: string }) {
  const { t } = useTranslation('audit');
  if (!usePermission('audit.read')) return null;
  return (
    <Tooltip label={t('history')}>
      <ActionIcon variant="default" size={30} component="a" href={lifeAddress(id)} aria-label={t('history')}>
        <IconTimeline size={17} stroke={1.7} aria-hidden />
      </ActionIcon>
    </Tooltip>
  );
}
