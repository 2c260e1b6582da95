import { ActionIcon, Group, Tooltip } from '@mantine/core';
import { IconArrowLeft } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { DocumentFinding, DocumentSummary } from '../../../../electron/core/contract/index.ts';
import { formatBytes, formatNumber } from '../../../lib/format.ts';
import { navigate } from '../../../lib/route.ts';
import { ErrorState } from '../../../ui/error-state.tsx';
import { Loading } from '../../../ui/loading.tsx';
import { PageHeader } from '../../../ui/page-header.tsx';
import { CaseLine } from '../../cases/case-mark.tsx';
import { DocumentStatus } from '../document-status.tsx';
import { documentQueries } from '../queries.ts';
import { DocumentMenu } from './document-menu.tsx';
import { PagePicture } from './page-picture.tsx';
import { PageRail } from './page-rail.tsx';
import { SidePanel } from './side-panel.tsx';
import { Unread } from './unread.tsx';
import { useViewerKeys } from './use-viewer-keys.ts';
import { ViewerToolbar } from './viewer-toolbar.tsx';
import { useViewer } from './viewer-state.ts';
import classes from './viewer.module.css';

type Props = { readonly id: string; readonly page: number };

/** One document: its pages as pictures with the words that were read, their text, and the personal data found in it. */
export function DocumentViewer({ id, page }: Props) {
  const { t } = useTranslation(['documents', 'common']);
  const document = useQuery(documentQueries.get(id));
  const back = (
    <Tooltip label={t('viewer.back')}>
      <ActionIcon variant="subtle" color="gray" aria-label={t('viewer.back')} onClick={() => navigate('documents')}>
        <IconArrowLeft size={18} aria-hidden />
      </ActionIcon>
    </Tooltip>
  );
  if (document.isPending || document.isError) {
    return (
      <>
        <PageHeader title={t('title')} leading={back} />
        {document.isPending ? <Loading /> : <ErrorState error={document.error} onRetry={() => void document.refetch()} />}
      </>
    );
  }
  return <OpenDocument document={document.data} page={page} back={back} />;
}

type OpenProps = { readonly document: DocumentSummary; readonly page: number; readonly back: ReactNode };

function OpenDocument({ document, page, back }: OpenProps) {
  const facts = useFacts(document);
  return (
    <>
      <PageHeader title={document.name} description={<CaseLine caseId={document.caseId}>{facts}</CaseLine>} leading={back}>
        <Group maw={260} wrap="nowrap">
          <DocumentStatus document={{ ...document, error: null }} />
        </Group>
        <DocumentMenu document={document} />
      </PageHeader>
      {readablePages(document) > 0 ? <Pages document={document} page={page} /> : <Unread document={document} />}
    </>
  );
}

function Pages({ document, page: asked }: { readonly document: DocumentSummary; readonly page: number }) {
  const { id, status } = document;
  const pages = readablePages(document);
  const page = Math.min(asked, pages);
  const panel = useViewer((state) => state.panel);
  const [finding, setFinding] = useState<DocumentFinding | null>(null);
  const content = useQuery(documentQueries.page(id, page));
  const findings = useQuery({ ...documentQueries.findings(id), enabled: status === 'ready' });
  const goTo = (number: number): void => navigate('documents', [id, Math.max(1, Math.min(pages, number))]);
  useViewerKeys(page, goTo);
  const choose = (chosen: DocumentFinding): void => {
    setFinding(chosen);
    if (chosen.page !== page) goTo(chosen.page);
  };
  return (
    <>
      <ViewerToolbar page={page} pages={pages} onPage={goTo} />
      <div className={classes['body']} data-panel={panel || undefined}>
        <PageRail document={document} pages={pages} current={page} onOpen={goTo} />
        <PagePicture
          id={id}
          number={page}
          content={content}
          findings={findings.data?.filter((one) => one.page === page) ?? []}
          chosen={finding}
        />
        {panel && <SidePanel document={document} content={content} findings={findings} chosen={finding} onChoose={choose} />}
      </div>
    </>
  );
}

function useFacts({ kind, pageCount, size, ocrPages }: DocumentSummary): string {
  const { t } = useTranslation('documents');
  const facts = [
    t(`kind.${kind}`),
    pageCount === null ? null : t('pageCount', { count: pageCount, shown: formatNumber(pageCount) }),
    formatBytes(size),
    ocrPages > 0 ? t('viewer.ocrPages', { count: ocrPages }) : null,
  ];
  return facts.filter((fact) => fact !== null).join(' · ');
}

/** Pages that can be shown: all of a finished document, those read so far of any other. */
function readablePages({ status, pageCount, pagesRead }: DocumentSummary): number {
  return status === 'ready' ? (pageCount ?? pagesRead) : pagesRead;
}
