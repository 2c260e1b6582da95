import { useRoute } from '../../lib/route.ts';
import { CaseDetailPage } from './detail/case-detail-page.tsx';
import { CaseList } from './list/case-list.tsx';

/** `#/cases` is the list, `#/cases/<id>` one case. */
export function CasesView() {
  const { args } = useRoute();
  const [id] = args;
  return id === undefined ? <CaseList /> : <CaseDetailPage key={id} id={id} />;
}
