import { Anchor } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { formatNumber } from '../../../lib/format.ts';
import { languageNames } from '../../../lib/i18n.ts';
import { formatHash } from '../../../lib/route.ts';
import { usePermission } from '../../../lib/session.ts';
import { Fact, Facts } from '../../../ui/facts.tsx';
import { Time } from '../../../ui/time.tsx';
import { CaseMark } from '../../cases/case-mark.tsx';
import { type AnyReport, frameworks } from '../any-report.ts';
import { dayOf } from '../make/draft.ts';
import { reportQueries } from '../queries.ts';

/** What a report is, whom it is by, and what it is about. */
export function ReportFacts({ report }: { readonly report: AnyReport }) {
  const { t } = useTranslation('reports');
  const { kind, language, createdAt, createdBy } = report;
  return (
    <Facts>
      <Fact name={t('columns.kind')}>{t(`kinds.${kind}.name`)}</Fact>
      <About report={report} />
      <Fact name={t('columns.by')}>{createdBy}</Fact>
      <Fact name={t('columns.at')}>
        <Time at={createdAt} />
      </Fact>
      <Fact name={t('columns.language')}>{languageNames[language]}</Fact>
    </Facts>
  );
}

function About({ report: { about, kind } }: { readonly report: AnyReport }): ReactNode {
  const { t } = useTranslation('reports');
  const mayRuns = usePermission('runs.read');
  const choices = useQuery({ ...reportQueries.choices(), enabled: kind === 'person' || kind === 'model' });
  if (about.of === 'case') {
    return (
      <>
        <Fact name={t('detail.case')}>
          <CaseMark caseId={about.caseId} />
        </Fact>
        {about.runIds.length > 0 && (
          <Fact name={t('detail.runs')}>
            {about.runIds.length === 1 && mayRuns ? (
              <Anchor href={formatHash('runs', [about.runIds[0] ?? ''])} fz="sm">
                {t('detail.openRun')}
              </Anchor>
            ) : (
              formatNumber(about.runIds.length)
            )}
          </Fact>
        )}
      </>
    );
  }
  const { subject } = about;
  switch (kind) {
    case 'person': {
      const person = choices.data?.people.find(({ id }) => id === subject);
      return <Fact name={t('make.person')}>{person ? `${person.displayName} (${person.userName})` : subject}</Fact>;
    }
    case 'model':
      return <Fact name={t('make.model')}>{choices.data?.models.find(({ id }) => id === subject)?.name ?? subject}</Fact>;
    case 'compliance': {
      const framework = frameworks.find((one) => one === subject);
      return <Fact name={t('make.framework')}>{framework ? t(`frameworks.${framework}.name`) : subject}</Fact>;
    }
    case 'egress': {
      const [from = 0, to = 0] = subject.split('/').map(Number);
      // The end is the first moment that no longer counts.
      return <Fact name={t('detail.period')}>{t('detail.fromTo', { from: dayOf(from), to: dayOf(to - 1) })}</Fact>;
    }
    default:
      return null;
  }
}
