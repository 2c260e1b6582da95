import { Group, Progress, Text, Tooltip } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { DocumentStatus as Status, DocumentSummary } from '../../../electron/core/contract/index.ts';
import { describe } from '../../lib/errors.ts';
import { formatDuration } from '../../lib/format.ts';
import { StatusBadge, type Tone } from '../../ui/status-badge.tsx';
import { timeLeft } from './progress.ts';

const tones: Readonly<Record<Status, Tone>> = { queued: 'neutral', reading: 'active', ready: 'good', failed: 'bad', cancelled: 'neutral' };

/** Where a document stands: a word, the progress while it is read, the reason when it failed. */
export function DocumentStatus({ document }: { readonly document: DocumentSummary }) {
  const { t } = useTranslation('documents');
  const { status, pageCount, pagesRead, error } = document;
  if (status === 'reading' && pageCount !== null && pageCount > 1) {
    const left = timeLeft(document);
    return (
      <Group gap={8} wrap="nowrap">
        <Progress
          value={(pagesRead / Math.max(pageCount, 1)) * 100}
          w={90}
          size={6}
          flex="none"
          aria-label={t('progressOf', { name: document.name })}
        />
        <Text fz="xs" c="dimmed" truncate>
          {t('pagesOf', { read: pagesRead, count: pageCount })}
          {left !== null && ` · ${t('timeLeft', { time: formatDuration(left) })}`}
        </Text>
      </Group>
    );
  }
  const badge = (
    <StatusBadge tone={tones[status]} busy={status === 'reading'}>
      {t(`status.${status}`)}
    </StatusBadge>
  );
  if (!error) return badge;
  const reason = describe(error);
  return (
    <Group gap={8} wrap="nowrap">
      {badge}
      <Tooltip label={reason} multiline maw={420}>
        <Text fz="xs" c="dimmed" truncate>
          {reason}
        </Text>
      </Tooltip>
    </Group>
  );
}
