import { Group, Stack, Switch, Text, UnstyledButton } from '@mantine/core';
import { IconShieldCheck } from '@tabler/icons-react';
import type { UseQueryResult } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { DocumentFinding } from '../../../../electron/core/contract/index.ts';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { ErrorState } from '../../../ui/error-state.tsx';
import { Loading } from '../../../ui/loading.tsx';
import { findingKey } from './finding-key.ts';
import classes from './viewer.module.css';

type Props = {
  readonly findings: UseQueryResult<DocumentFinding[]>;
  readonly ready: boolean;
  readonly chosen: DocumentFinding | null;
  readonly onChoose: (finding: DocumentFinding) => void;
};

/** Personal data found in the whole document, as it would look masked; choosing one shows it on its page. */
export function FindingList({ findings, ready, chosen, onChoose }: Props) {
  const { t } = useTranslation('documents');
  const [plain, setPlain] = useState(false);
  if (!ready) return <Text className={classes['note']}>{t('findings.later')}</Text>;
  if (findings.isPending) return <Loading lines={4} />;
  if (findings.isError) return <ErrorState error={findings.error} onRetry={() => void findings.refetch()} />;
  if (findings.data.length === 0) {
    return (
      <EmptyState icon={IconShieldCheck} title={t('findings.noneTitle')}>
        {t('findings.noneText')}
      </EmptyState>
    );
  }
  return (
    <>
      <Group className={classes['note']} justify="space-between" wrap="nowrap">
        <Text fz="xs" c="dimmed">
          {t('findings.lead')}
        </Text>
        <Switch
          size="xs"
          label={t('findings.plain')}
          checked={plain}
          onChange={(event) => setPlain(event.currentTarget.checked)}
          styles={{ label: { whiteSpace: 'nowrap' } }}
        />
      </Group>
      <Stack gap={0} component="ul" className={classes['findings']}>
        {findings.data.map((finding) => (
          <li key={findingKey(finding)}>
            <UnstyledButton
              className={classes['finding']}
              aria-pressed={chosen !== null && findingKey(chosen) === findingKey(finding)}
              onClick={() => onChoose(finding)}
            >
              <Group justify="space-between" wrap="nowrap">
                <Text fz="xs" c="dimmed">
                  {t(`findings.type.${finding.type}`, { defaultValue: finding.type })}
                </Text>
                <Text fz="xs" c="dimmed">
                  {t('findings.onPage', { number: finding.page })}
                </Text>
              </Group>
              <Text ff="monospace" fz="sm" style={{ overflowWrap: 'anywhere' }}>
                {plain ? finding.text : finding.masked}
              </Text>
            </UnstyledButton>
          </li>
        ))}
      </Stack>
    </>
  );
}
