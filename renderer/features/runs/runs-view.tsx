import { useChosenCase } from '../../lib/cases.ts';
import { useRoute } from '../../lib/route.ts';
import { RunDetail } from './detail/run-detail.tsx';
import { RunHistory } from './history/run-history.tsx';

/** `#/runs` is the history, `#/runs/<id>` one run, `#/runs/<id>/<item>` one document of it. */
export function RunsView() {
  const { args } = useRoute();
  const chosen = useChosenCase();
  const [id, item] = args;
  return id === undefined ? (
    <RunHistory key={chosen?.id ?? ''} />
  ) : (
    <RunDetail key={id} id={id} item={item === undefined ? null : Number(item)} />
  );
}
