import { IconLock } from '@tabler/icons-react';
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import type { CaseSummary } from '../../../electron/core/contract/index.ts';
import { useCase, useCases, useChosenCase } from '../../lib/cases.ts';
import { ClassificationLabel } from '../../ui/classification-label.tsx';
import classes from './cases.module.css';

type Named = Pick<CaseSummary, 'name' | 'personal' | 'classification' | 'state' | 'access'>;

/** What a case is called; one's own personal case has no name of its own. */
export function useCaseTitle(): (of: Pick<CaseSummary, 'name' | 'personal' | 'access'>) => string {
  const { t } = useTranslation('cases');
  return useCallback(({ name, personal, access }) => (!personal ? name : access === null ? t('personalOf', { name }) : t('personal')), [t]);
}

/** The name of a case with its label, and a lock where it is closed. */
export function CaseName({ of }: { readonly of: Named }) {
  const title = useCaseTitle()(of);
  return (
    <span className={classes['mark']}>
      <span className={classes['markName']} title={title}>
        {title}
      </span>
      <CaseLabels of={of} />
    </span>
  );
}

/** Its label, and a lock where it is closed. */
export function CaseLabels({ of }: { readonly of: Pick<CaseSummary, 'classification' | 'state'> }) {
  const { t } = useTranslation('cases');
  return (
    <span className={classes['labels']}>
      <ClassificationLabel level={of.classification} />
      {of.state === 'closed' && (
        <span className={classes['closed']}>
          <IconLock size={12} stroke={2} aria-hidden />
          {t('state.closed')}
        </span>
      )}
    </span>
  );
}

/** The case that something belongs to; nothing while it is not known. */
export function CaseMark({ caseId }: { readonly caseId: string }) {
  const found = useCase(caseId);
  return found ? <CaseName of={found} /> : null;
}

/** The case that a list shows, with what it counts. */
export function ChosenCase({ children }: { readonly children: string }) {
  const { t } = useTranslation('cases');
  const cases = useCases();
  const chosen = useChosenCase() ?? (cases.length === 1 ? cases[0] : null);
  return (
    <span className={classes['line']}>
      {chosen ? <CaseName of={chosen} /> : <span>{t('all')}</span>}
      <span className={classes['rest']}>· {children}</span>
    </span>
  );
}

/** The case of what is open, followed by facts about it. */
export function CaseLine({ caseId, children }: { readonly caseId: string; readonly children: string }) {
  const known = useCase(caseId) !== undefined;
  return (
    <span className={classes['line']}>
      <CaseMark caseId={caseId} />
      <span className={classes['rest']}>
        {known && '· '}
        {children}
      </span>
    </span>
  );
}
