import { ActionIcon, Button, Center, Loader, Text } from '@mantine/core';
import { IconChevronLeft, IconChevronRight, IconDownload } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { formatNumber } from '../../../../lib/format.ts';
import { bytesOf, saveFile } from '../../../../lib/save-file.ts';
import classes from './editor.module.css';

type Picture = {
  readonly page: number;
  readonly mediaType: string;
  readonly base64: string;
  readonly width: number;
  readonly height: number;
};
type Preview = { readonly pdfBase64: string; readonly pages: number; readonly picture: Picture };

type Props = {
  /** Null until something was laid out, or while an error keeps it from being. */
  readonly result: Preview | null;
  readonly busy: boolean;
  readonly page: number;
  readonly onPage: (page: number) => void;
};

/** One page of the report with sample data, as it will be printed. */
export function PagePreview({ result, busy, page, onPage }: Props) {
  const { t } = useTranslation('design');
  const pages = result?.pages ?? 1;
  const shown = result?.picture.page ?? page;
  return (
    <>
      <div className={classes['pager']}>
        <ActionIcon variant="default" aria-label={t('preview.before')} disabled={!result || shown <= 1} onClick={() => onPage(shown - 1)}>
          <IconChevronLeft size={16} aria-hidden />
        </ActionIcon>
        <span role="status">{result ? t('preview.page', { page: formatNumber(shown), pages: formatNumber(pages) }) : '–'}</span>
        <ActionIcon variant="default" aria-label={t('preview.next')} disabled={!result || shown >= pages} onClick={() => onPage(shown + 1)}>
          <IconChevronRight size={16} aria-hidden />
        </ActionIcon>
        {busy && <Loader size={14} aria-label={t('preview.busy')} />}
        <span style={{ flex: 1 }} />
        {result && (
          <Button
            variant="subtle"
            leftSection={<IconDownload size={15} aria-hidden />}
            onClick={() => saveFile(`${t('preview.file')}.pdf`, new Blob([bytesOf(result.pdfBase64)], { type: 'application/pdf' }))}
          >
            {t('preview.save')}
          </Button>
        )}
      </div>
      <div className={classes['paper']} data-busy={busy} role="group" aria-label={t('preview.title')}>
        {result ? (
          <img
            src={`data:${result.picture.mediaType};base64,${result.picture.base64}`}
            width={result.picture.width}
            height={result.picture.height}
            alt={t('preview.alt', { page: formatNumber(shown) })}
          />
        ) : (
          <Center h="100%" mih={200}>
            {busy ? <Loader aria-label={t('preview.busy')} /> : <Text c="dimmed">{t('preview.none')}</Text>}
          </Center>
        )}
      </div>
      <Text fz="xs" c="dimmed" mt={6}>
        {t('preview.sample')}
      </Text>
    </>
  );
}
