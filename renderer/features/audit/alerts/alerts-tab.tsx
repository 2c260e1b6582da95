import { useRoute } from '../../../lib/route.ts';
import { AlertList } from './alert-list.tsx';
import { RulesPage } from './rules-page.tsx';

/** `#/audit/alerts` lists them, `#/audit/alerts/rules` holds what is looked for, `#/audit/alerts/<id>` is the list with one open. */
export function AlertsTab() {
  const { args } = useRoute();
  const [, page] = args;
  return page === 'rules' ? <RulesPage /> : <AlertList open={page ?? null} />;
}
