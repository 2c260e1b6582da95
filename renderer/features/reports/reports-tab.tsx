import { useRoute } from '../../lib/route.ts';
import { ReportPage } from './detail/report-page.tsx';
import { ReportList } from './list/report-list.tsx';

/** `#/audit/reports` is the list, `#/audit/reports/<id>` one report. */
export function ReportsTab() {
  const { args } = useRoute();
  const id = args[1];
  return id === undefined ? <ReportList /> : <ReportPage key={id} id={id} />;
}
