import { Badge, Tabs } from '@mantine/core';
import type { UseQueryResult } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { DocumentFinding, DocumentPage, DocumentSummary } from '../../../../electron/core/contract/index.ts';
import { DocumentFacts } from './document-facts.tsx';
import { FindingList } from './finding-list.tsx';
import { PageText } from './page-text.tsx';
import classes from './viewer.module.css';

type Props = {
  readonly document: DocumentSummary;
  readonly content: UseQueryResult<DocumentPage>;
  readonly findings: UseQueryResult<DocumentFinding[]>;
  readonly chosen: DocumentFinding | null;
  readonly onChoose: (finding: DocumentFinding) => void;
};

/** Beside the page: the personal data found, the text that was read, the facts about the file. */
export function SidePanel({ document, content, findings, chosen, onChoose }: Props) {
  const { t } = useTranslation('documents');
  return (
    <aside className={classes['panel']} aria-label={t('viewer.panel')}>
      <Tabs defaultValue="findings" keepMounted={false} className={classes['tabs']}>
        <Tabs.List>
          <Tabs.Tab
            value="findings"
            rightSection={
              findings.data && findings.data.length > 0 ? (
                <Badge size="sm" variant="light" color="orange" circle={findings.data.length < 10}>
                  {findings.data.length}
                </Badge>
              ) : null
            }
          >
            {t('viewer.tabs.findings')}
          </Tabs.Tab>
          <Tabs.Tab value="text">{t('viewer.tabs.text')}</Tabs.Tab>
          <Tabs.Tab value="facts">{t('viewer.tabs.facts')}</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="findings">
          <FindingList findings={findings} ready={document.status === 'ready'} chosen={chosen} onChoose={onChoose} />
        </Tabs.Panel>
        <Tabs.Panel value="text">
          <PageText content={content} findings={findings.data ?? []} />
        </Tabs.Panel>
        <Tabs.Panel value="facts">
          <DocumentFacts document={document} />
        </Tabs.Panel>
      </Tabs>
    </aside>
  );
}
