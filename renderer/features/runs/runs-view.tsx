import { useRoute } from '../../lib/route.ts';
import { RunDetail } from './detail/run-detail.tsx';
import { RunHistory } from './history/run-history.tsx';

/** `#/runs` is the history, `#/runs/<id>` one run, `#/runs/<id>/<item>` one document of it. */
export function RunsView() {
  const { args } = useRoute();
  const [id, item] = args;
  return id === undefined ? <RunHistory /> : <RunDetail key={id} id={id} item={item === undefined ? null : Number(item)} />;
}
