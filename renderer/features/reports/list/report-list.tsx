import { Button, CloseButton, Select, TextInput } from '@mantine/core';
import { IconFileCertificate, IconPlus, IconSearch, IconSearchOff } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCases } from '../../../lib/cases.ts';
import { useCommands } from '../../../lib/commands.ts';
import { formatNumber } from '../../../lib/format.ts';
import { navigate, rewrite, useRoute } from '../../../lib/route.ts';
import { usePermission } from '../../../lib/session.ts';
import { DataTable } from '../../../ui/data-table.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { ErrorState } from '../../../ui/error-state.tsx';
import { Loading } from '../../../ui/loading.tsx';
import { type AnyReport, caseKinds, reportKinds, vaultKinds } from '../any-report.ts';
import { NewReport } from '../make/new-report.tsx';
import { SaveVerifier } from '../parts/save-verifier.tsx';
import classes from '../reports.module.css';
import { useAllReports } from '../use-all-reports.ts';
import { useReportColumns } from './use-report-columns.tsx';

/** Every signed report one may see, whatever it is about; newest first. */
export function ReportList() {
  const { t } = useTranslation(['reports', 'common']);
  const { query } = useRoute();
  const mayCases = usePermission('reports.read');
  const mayVault = usePermission('attestations.make');
  const mayMakeOfCases = usePermission('reports.create');
  const mayMake = mayMakeOfCases || mayVault;
  const { reports, error, reload } = useAllReports();
  const [search, setSearch] = useState('');
  const [making, setMaking] = useState(false);
  const severalCases = useCases().length > 1;
  const columns = useReportColumns(mayCases && severalCases);
  useCommands(
    t('title'),
    useMemo(() => (mayMake ? [{ id: 'reports:new', title: t('make.title'), perform: () => setMaking(true) }] : []), [mayMake, t]),
  );

  const kinds = [...(mayCases ? caseKinds : []), ...(mayVault ? vaultKinds : [])];
  const kind = reportKinds.find((one) => one === query['kind']) ?? null;
  const words = search.trim().toLowerCase();
  const shown = (reports ?? []).filter(
    (report) =>
      (kind === null || report.kind === kind) && (words === '' || `${report.title}\n${report.createdBy}`.toLowerCase().includes(words)),
  );
  const button = mayMake && (
    <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setMaking(true)}>
      {t('make.title')}
    </Button>
  );
  return (
    <>
      <div className={classes['toolbar']}>
        <TextInput
          style={{ flex: '0 1 240px', minWidth: 100 }}
          value={search}
          placeholder={t('list.search')}
          aria-label={t('list.search')}
          leftSection={<IconSearch size={15} aria-hidden />}
          rightSection={search !== '' && <CloseButton size="sm" aria-label={t('common:clear')} onClick={() => setSearch('')} />}
          onChange={(event) => setSearch(event.currentTarget.value)}
        />
        <Select
          style={{ flex: '0 1 210px', minWidth: 110 }}
          aria-label={t('list.kind')}
          allowDeselect={false}
          value={kind ?? ''}
          data={[{ value: '', label: t('list.anyKind') }, ...kinds.map((value) => ({ value, label: t(`kinds.${value}.name`) }))]}
          onChange={(value) => rewrite('audit', ['reports'], value ? { kind: value } : {})}
        />
        <span className={classes['count']} role="status">
          {reports && t('list.count', { count: shown.length, shown: formatNumber(shown.length) })}
        </span>
        <SaveVerifier />
        {button}
      </div>
      {error && !reports && <ErrorState error={error} onRetry={reload} />}
      {!error && !reports && <Loading />}
      {reports?.length === 0 && (
        <EmptyState icon={IconFileCertificate} title={t('list.empty')} actions={button}>
          {t(mayMake ? 'list.emptyHelp' : 'list.emptyRead')}
        </EmptyState>
      )}
      {reports && reports.length > 0 && shown.length === 0 && (
        <EmptyState icon={IconSearchOff} title={t('list.noMatch')}>
          {t('list.noMatchHelp')}
        </EmptyState>
      )}
      {shown.length > 0 && (
        <DataTable
          label={t('title')}
          rows={shown}
          rowKey={idOf}
          rowLabel={titleOf}
          columns={columns}
          onOpen={({ id }) => navigate('audit', ['reports', id])}
        />
      )}
      <NewReport opened={making} onClose={() => setMaking(false)} />
    </>
  );
}

const idOf = ({ id }: AnyReport): string => id;
const titleOf = ({ title }: AnyReport): string => title;
