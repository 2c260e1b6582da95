import { ActionIcon, Tooltip } from '@mantine/core';
import { IconArrowLeft } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CaseDetail, DeletionProof } from '../../../../electron/core/contract/index.ts';
import { caseQueries } from '../../../lib/cases.ts';
import { formatHash } from '../../../lib/route.ts';
import { usePermission } from '../../../lib/session.ts';
import { ErrorState } from '../../../ui/error-state.tsx';
import { Loading } from '../../../ui/loading.tsx';
import { PageHeader } from '../../../ui/page-header.tsx';
import { HistoryLink } from '../../audit/history-link.tsx';
import { CaseReports } from '../../reports/case-reports.tsx';
import { CaseLabels, useCaseTitle } from '../case-mark.tsx';
import { useCaseRights } from '../rights.ts';
import { CaseFactsCard } from './case-facts-card.tsx';
import { DeleteCase } from './delete-case.tsx';
import { DeletionProofView } from './deletion-proof-view.tsx';
import classes from './detail.module.css';
import { LegalHold } from './legal-hold.tsx';
import { Members } from './members.tsx';
import { StateAndRetention } from './state-and-retention.tsx';

/** One case as such: what it is called and holds, who is in it, how long it is kept, and its end. */
export function CaseDetailPage({ id }: { readonly id: string }) {
  const { t } = useTranslation('cases');
  const [proof, setProof] = useState<DeletionProof | null>(null);
  const title = useCaseTitle();
  const found = useQuery({ ...caseQueries.get(id), enabled: proof === null });
  const back = (
    <Tooltip label={t('detail.back')}>
      <ActionIcon variant="subtle" color="gray" component="a" href={formatHash('cases')} aria-label={t('detail.back')}>
        <IconArrowLeft size={18} aria-hidden />
      </ActionIcon>
    </Tooltip>
  );
  if (proof) {
    return (
      <>
        <PageHeader leading={back} title={t('proof.title')} description={proof.name} />
        <div className={classes['page']}>
          <DeletionProofView proof={proof} />
        </div>
      </>
    );
  }
  if (!found.data) {
    return (
      <>
        <PageHeader leading={back} title={t('title')} />
        {found.isPending ? <Loading /> : <ErrorState error={found.error} onRetry={() => void found.refetch()} />}
      </>
    );
  }
  return (
    <>
      <PageHeader leading={back} title={title(found.data)} description={<CaseLabels of={found.data} />}>
        <HistoryLink id={id} />
      </PageHeader>
      <div className={classes['page']}>
        <Cards of={found.data} onDeleted={setProof} />
      </div>
    </>
  );
}

function Cards({ of, onDeleted }: { readonly of: CaseDetail; readonly onDeleted: (proof: DeletionProof) => void }) {
  const { manage, content } = useCaseRights(of);
  const mayReports = usePermission('reports.read') && content;
  return (
    <>
      <CaseFactsCard of={of} />
      {!of.personal && <Members of={of} />}
      {mayReports && <CaseReports of={of} />}
      {!of.personal && <StateAndRetention of={of} />}
      {!of.personal && <LegalHold of={of} />}
      {manage && <DeleteCase of={of} onDeleted={onDeleted} />}
    </>
  );
}
