import { Button, Code, CopyButton, Group, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { AnchorState } from '../../../../electron/core/contract/index.ts';
import { formatNumber } from '../../../lib/format.ts';
import { ErrorState } from '../../../ui/error-state.tsx';
import { Fact, Facts } from '../../../ui/facts.tsx';
import { Loading } from '../../../ui/loading.tsx';
import { StatusBadge } from '../../../ui/status-badge.tsx';
import { Time } from '../../../ui/time.tsx';
import { SettingsCard } from '../settings-section.tsx';
import { anchorQuery } from './queries.ts';
import { VaultCheck } from './vault-check.tsx';

/** How far the vault has come, and what the marks outside the database say about it. */
export function FreshnessCard() {
  const { t } = useTranslation('keys');
  const anchor = useQuery(anchorQuery);
  return (
    <SettingsCard title={t('freshness.title')} lead={t('freshness.lead')}>
      {anchor.isPending && <Loading lines={2} />}
      {anchor.isError && <ErrorState error={anchor.error} onRetry={() => void anchor.refetch()} />}
      {anchor.data && <Freshness anchor={anchor.data} />}
      <VaultCheck />
    </SettingsCard>
  );
}

function Freshness({ anchor }: { readonly anchor: AnchorState }) {
  const { t } = useTranslation('keys');
  return (
    <>
      <Facts>
        {anchor.places.map(({ place, verdict }) => (
          <Fact key={place} name={t(`freshness.place.${place}`)}>
            <StatusBadge tone={verdict === 'fresh' ? 'good' : 'warning'}>{t(`freshness.verdict.${verdict}`)}</StatusBadge>
          </Fact>
        ))}
        <Fact name={t('freshness.commits')}>{formatNumber(anchor.commits)}</Fact>
        <Fact name={t('freshness.records')}>{formatNumber(anchor.records)}</Fact>
        {anchor.at !== null && (
          <Fact name={t('freshness.at')}>
            <Time at={anchor.at} />
          </Fact>
        )}
      </Facts>
      <Group gap="xs" wrap="nowrap">
        <Text fz="xs" c="dimmed" style={{ whiteSpace: 'nowrap' }}>
          {t('freshness.root')}
        </Text>
        <Code style={{ overflow: 'hidden', textOverflow: 'ellipsis' }} title={anchor.rootHash}>
          {anchor.rootHash}
        </Code>
        <CopyButton value={anchor.rootHash}>
          {({ copy, copied }) => (
            <Button variant="subtle" onClick={copy}>
              {t(copied ? 'freshness.copied' : 'freshness.copy')}
            </Button>
          )}
        </CopyButton>
      </Group>
    </>
  );
}
