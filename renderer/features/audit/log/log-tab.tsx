import { useRoute } from '../../../lib/route.ts';
import { ModelCallPage } from '../calls/model-call-page.tsx';
import { LifePage } from './life-page.tsx';
import { LogList } from './log-list.tsx';

/**
 * `#/audit/log` is the timeline with its filter in the query, `#/audit/log/<number>` the same with an entry open,
 * `#/audit/log/life/<id>` all that happened to one thing, `#/audit/log/call/<number>` a call of a model.
 */
export function LogTab() {
  const { args, query } = useRoute();
  const [, page, of] = args;
  if (page === 'life' && of !== undefined) return <LifePage key={of} id={of} open={numberOf(query['entry'])} />;
  if (page === 'call' && numberOf(of) !== null) return <ModelCallPage key={of} sequence={Number(of)} />;
  return <LogList open={numberOf(page)} query={query} />;
}

function numberOf(text: string | undefined): number | null {
  return text !== undefined && /^\d{1,15}$/.test(text) ? Number(text) : null;
}
