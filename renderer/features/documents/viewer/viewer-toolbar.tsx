import { ActionIcon, Group, NumberInput, SegmentedControl, Text, Tooltip } from '@mantine/core';
import {
  IconChevronLeft,
  IconChevronRight,
  IconLayoutSidebarRight,
  IconTextScan2,
  IconZoomIn,
  IconZoomOut,
  type Icon,
} from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { formatNumber, formatPercent } from '../../../lib/format.ts';
import { useViewer, zoomBy } from './viewer-state.ts';

type Props = { readonly page: number; readonly pages: number; readonly onPage: (page: number) => void };

/** Turning pages, zoom, and what is drawn over the picture. */
export function ViewerToolbar({ page, pages, onPage }: Props) {
  const { t } = useTranslation('documents');
  const { zoom, marks, words, panel } = useViewer();
  return (
    <Group
      px="md"
      h={42}
      gap={6}
      wrap="nowrap"
      role="toolbar"
      aria-label={t('viewer.toolbar')}
      style={{ borderBottom: '1px solid var(--rd-line)', flex: 'none' }}
    >
      <Tool icon={IconChevronLeft} label={t('viewer.previousPage')} disabled={page <= 1} onClick={() => onPage(page - 1)} />
      <NumberInput
        w={52}
        size="xs"
        min={1}
        max={pages}
        value={page}
        hideControls
        aria-label={t('viewer.page')}
        styles={{ input: { textAlign: 'right' } }}
        onChange={(value) => typeof value === 'number' && value >= 1 && value <= pages && onPage(value)}
      />
      <Text c="dimmed" style={{ whiteSpace: 'nowrap' }}>
        / {formatNumber(pages)}
      </Text>
      <Tool icon={IconChevronRight} label={t('viewer.nextPage')} disabled={page >= pages} onClick={() => onPage(page + 1)} />
      <div style={{ flex: 1 }} />
      <Tool icon={IconZoomOut} label={t('viewer.zoomOut')} onClick={() => zoomBy(-1)} />
      <Text fz="xs" w={40} ta="center" aria-live="polite">
        {formatPercent(zoom)}
      </Text>
      <Tool icon={IconZoomIn} label={t('viewer.zoomIn')} onClick={() => zoomBy(1)} />
      <div style={{ flex: 1 }} />
      <Tool icon={IconTextScan2} label={t('viewer.words')} pressed={words} onClick={() => useViewer.setState({ words: !words })} />
      <SegmentedControl
        size="xs"
        aria-label={t('viewer.marks')}
        value={marks}
        onChange={(value) => useViewer.setState({ marks: value })}
        data={(['outline', 'cover', 'off'] as const).map((value) => ({ value, label: t(`viewer.marksMode.${value}`) }))}
      />
      <Tool icon={IconLayoutSidebarRight} label={t('viewer.panel')} pressed={panel} onClick={() => useViewer.setState({ panel: !panel })} />
    </Group>
  );
}

type ToolProps = {
  readonly icon: Icon;
  readonly label: string;
  readonly disabled?: boolean;
  readonly pressed?: boolean;
  readonly onClick: () => void;
};

function Tool({ icon: Picture, label, disabled = false, pressed, onClick }: ToolProps) {
  return (
    <Tooltip label={label}>
      <ActionIcon
        variant={pressed === true ? 'light' : 'subtle'}
        color={pressed === true ? 'petrol' : 'gray'}
        aria-label={label}
        aria-pressed={pressed}
        disabled={disabled}
        onClick={onClick}
      >
        <Picture size={17} stroke={1.7} aria-hidden />
      </ActionIcon>
    </Tooltip>
  );
}
