import { ActionIcon, Anchor } from '@mantine/core';
import { IconBell, IconX } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { rotationQuery, slotsQuery } from '../features/settings/keys/queries.ts';
import { formatHash, useRoute } from '../lib/route.ts';
import { usePermission } from '../lib/session.ts';
import classes from './banner.module.css';

type Notice = 'recovery' | 'rotation';
const hourMs = 3_600_000;

/** Tells whoever keeps the keys what is due, above every view but the one that is about it; gone until the next sign-in once dismissed. */
export function VaultNotices() {
  const { t } = useTranslation('keys');
  const mayManage = usePermission('keys.manage');
  const { view, args } = useRoute();
  const [dismissed, setDismissed] = useState<readonly Notice[]>([]);
  const slots = useQuery({ ...slotsQuery, enabled: mayManage, staleTime: hourMs }).data;
  const rotation = useQuery({ ...rotationQuery, enabled: mayManage, staleTime: hourMs }).data;
  const due: readonly Notice[] = [
    ...(slots && !slots.some(({ kind }) => kind === 'recovery' || kind === 'custodians') ? (['recovery'] as const) : []),
    ...(rotation?.due === true && !rotation.running ? (['rotation'] as const) : []),
  ];
  const notice = due.find((each) => !dismissed.includes(each));
  if (!mayManage || !notice || (view === 'settings' && args[0] === 'keys')) return null;
  return (
    <div className={classes['notice']} role="status">
      <IconBell size={16} stroke={1.7} aria-hidden />
      <span>{t(`notice.${notice}`)}</span>
      <Anchor href={formatHash('settings', ['keys'])} fz="sm">
        {t(`notice.${notice}Action`)}
      </Anchor>
      <ActionIcon
        variant="subtle"
        color="gray"
        size="sm"
        ml="auto"
        aria-label={t('notice.dismiss')}
        title={t('notice.dismiss')}
        onClick={() => setDismissed([...dismissed, notice])}
      >
        <IconX size={15} aria-hidden />
      </ActionIcon>
    </div>
  );
}
