import { Menu, Tooltip, UnstyledButton } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { spotlight } from '@mantine/spotlight';
import { IconCommand, IconLock, IconUserCircle } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { CaseSwitcher } from '../features/cases/case-switcher.tsx';
import { openAlertsQuery } from '../lib/alerts.ts';
import { useApprovalCounts } from '../lib/approval-watch.ts';
import { formatHash } from '../lib/route.ts';
import { useSession } from '../lib/session.ts';
import { modKey } from '../ui/key-hint.tsx';
import { Brand } from './brand.tsx';
import { lockVault } from './lock.ts';
import { PersonMenu } from './person-menu.tsx';
import classes from './shell.module.css';
import type { View } from './views.tsx';

type Props = { readonly views: readonly View[]; readonly active: string };

/** The left rail; below 1080 px only its icons remain and the names move to the hover. */
export function Rail({ views, active }: Props) {
  const { t } = useTranslation('common');
  const { person } = useSession();
  return (
    <nav className={classes['rail']} aria-label={t('rail.label')}>
      <div className={classes['brand']}>
        <Brand size={22} />
        <span className={classes['label']}>Redoubt</span>
      </div>
      <CaseSwitcher />
      {views.map((view) => (
        <RailTip key={view.id} label={t(`views.${view.id}`)} keys={`${modKey}${view.digit}`}>
          <a
            className={classes['item']}
            href={formatHash(view.id)}
            aria-current={view.id === active ? 'page' : undefined}
            aria-label={t(`views.${view.id}`)}
            aria-keyshortcuts={`Control+${view.digit}`}
          >
            <view.icon size={18} stroke={1.7} aria-hidden />
            <span className={classes['label']}>{t(`views.${view.id}`)}</span>
            {view.id === 'settings' && <Waiting />}
            {view.id === 'audit' && <OpenAlerts />}
          </a>
        </RailTip>
      ))}
      <div className={classes['spacer']} />
      <RailTip label={t('palette.open')} keys={`${modKey}K`}>
        <UnstyledButton className={classes['item']} aria-label={t('palette.open')} aria-keyshortcuts="Control+K" onClick={spotlight.open}>
          <IconCommand size={18} stroke={1.7} aria-hidden />
          <span className={classes['label']}>{t('palette.open')}</span>
        </UnstyledButton>
      </RailTip>
      <RailTip label={t('lock')} keys={`${modKey}L`}>
        <UnstyledButton className={classes['item']} aria-label={t('lock')} aria-keyshortcuts="Control+L" onClick={() => void lockVault()}>
          <IconLock size={18} stroke={1.7} aria-hidden />
          <span className={classes['label']}>{t('lock')}</span>
        </UnstyledButton>
      </RailTip>
      <Menu position="right-end" width={230} offset={10}>
        <Menu.Target>
          <UnstyledButton
            className={classes['item']}
            aria-label={t('person.menu', { name: person.displayName })}
            title={person.displayName}
          >
            <IconUserCircle size={18} stroke={1.7} aria-hidden />
            <span className={classes['label']}>{person.displayName}</span>
          </UnstyledButton>
        </Menu.Target>
        <PersonMenu />
      </Menu>
    </nav>
  );
}

/** How many approvals wait for this person. */
function Waiting() {
  const { t } = useTranslation('approvals');
  const count = useApprovalCounts(({ toDecide, toUse }) => toDecide + toUse);
  if (count === 0) return null;
  return (
    <span className={classes['count']} role="status" aria-label={t('waiting', { count })}>
      {count}
    </span>
  );
}

/** How many alerts nobody has looked into. */
function OpenAlerts() {
  const { t } = useTranslation('alerts');
  const count = useQuery(openAlertsQuery()).data ?? 0;
  if (count === 0) return null;
  return (
    <span className={classes['count']} role="status" aria-label={t('openCount', { count })}>
      {count}
    </span>
  );
}

function RailTip({ label, keys, children }: { readonly label: string; readonly keys: string; readonly children: ReactElement }) {
  const narrow = useMediaQuery('(max-width: 1080px)');
  return (
    <Tooltip position="right" label={narrow ? `${label}  ${keys}` : keys} openDelay={narrow ? 200 : 700}>
      {children}
    </Tooltip>
  );
}
