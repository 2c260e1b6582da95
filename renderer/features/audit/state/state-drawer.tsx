import { Anchor, Button, Drawer, List, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { AuditState } from '../../../../electron/core/contract/index.ts';
import { formatDuration, formatNumber } from '../../../lib/format.ts';
import { formatHash } from '../../../lib/route.ts';
import { StatusBadge } from '../../../ui/status-badge.tsx';
import { Time } from '../../../ui/time.tsx';
import { Checkpoint } from './checkpoint.tsx';
import { Hold } from './hold.tsx';
import { Part } from './part.tsx';
import { problemText } from './problem-text.ts';

type Props = {
  /** Null: it is closed. */
  readonly state: AuditState | null;
  readonly running: boolean;
  readonly onVerify: () => void;
  readonly onClose: () => void;
};

const problemsShown = 200;

/** How the log stands, all of it: the last check, seals, what is kept for how long, holds, witnesses, the signed head. */
export function StateDrawer({ state, running, onVerify, onClose }: Props) {
  const { t } = useTranslation(['audit', 'common']);
  return (
    <Drawer
      opened={state !== null}
      onClose={onClose}
      position="right"
      size={520}
      title={t('verify.label')}
      overlayProps={{ backgroundOpacity: 0.15 }}
      closeButtonProps={{ 'aria-label': t('common:close') }}
    >
      {state && <Parts state={state} running={running} onVerify={onVerify} />}
    </Drawer>
  );
}

function Parts({ state, running, onVerify }: Pick<Props, 'running' | 'onVerify'> & { readonly state: AuditState }) {
  const { t } = useTranslation('audit');
  const { verification, seals, pruned, retentionDays, witnesses, size } = state;
  const { last } = verification;
  return (
    <>
      <Part
        title={t('state.check')}
        actions={
          <Button variant="default" loading={running} onClick={onVerify}>
            {t('verify.again')}
          </Button>
        }
      >
        {last ? (
          <>
            <StatusBadge tone={last.ok ? 'good' : 'bad'}>{t(last.ok ? 'verify.whole' : 'verify.broken')}</StatusBadge>
            <Text fz="xs" c="dimmed" mt={4}>
              {t('verify.figures', { count: last.size, shown: formatNumber(last.size), time: formatDuration(last.durationMs) })}
              {' · '}
              <Time at={last.at} />
              {size > last.size && ` · ${t('state.since', { count: size - last.size, shown: formatNumber(size - last.size) })}`}
            </Text>
            {last.problems.length > 0 && (
              <List fz="xs" mt={6}>
                {last.problems.slice(0, problemsShown).map((problem, index) => (
                  <List.Item key={index}>{problemText(t, problem)}</List.Item>
                ))}
              </List>
            )}
          </>
        ) : (
          <Text c="dimmed">{t('state.notYet')}</Text>
        )}
        <Text fz="xs" c="dimmed" mt={6}>
          {t('state.checkText')}
        </Text>
      </Part>
      <Part title={t('state.seals')}>
        <Text>
          {seals.at === null ? (
            t('state.noSeal')
          ) : (
            <>
              {t('state.sealed', { count: seals.count, shown: formatNumber(seals.count), entries: formatNumber(seals.size) })}
              {' · '}
              <Time at={seals.at} />
            </>
          )}
        </Text>
        <Text fz="xs" c="dimmed" mt={4}>
          {t('state.sealsText')}
        </Text>
      </Part>
      <Part title={t('state.witnesses')}>
        <Text>
          {witnesses.last
            ? t('state.witnessed', {
                name: witnesses.last.name,
                entries: formatNumber(witnesses.last.size),
                behind: formatNumber(witnesses.behind),
              })
            : t(witnesses.count === 0 ? 'witness.none' : 'state.unseen')}
        </Text>
        <Anchor fz="sm" href={formatHash('audit', ['witnesses'])}>
          {t('tabs.witnesses')}
        </Anchor>
      </Part>
      <Part title={t('state.retention')}>
        <Text>{t('state.keeps', { count: retentionDays, shown: formatNumber(retentionDays) })}</Text>
        <Text fz="xs" c="dimmed" mt={4}>
          {pruned.count === 0 ? t('state.noPruned') : t('state.pruned', { count: pruned.count, shown: formatNumber(pruned.count) })}{' '}
          {t('state.retentionText')}
        </Text>
        <Anchor fz="sm" href={formatHash('settings', ['policies'])}>
          {t('state.policies')}
        </Anchor>
      </Part>
      <Hold hold={state.hold} />
      <Part title={t('verify.checkpoint')}>
        <Checkpoint state={state} />
      </Part>
    </>
  );
}
