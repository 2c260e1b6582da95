import { useRoute } from '../../lib/route.ts';
import { FlowEditorPage } from './flow-editor/flow-editor-page.tsx';
import { FlowList } from './flow-list/flow-list.tsx';

/** `#/flows` is the list, `#/flows/<id>` the editor. */
export function FlowsView() {
  const { args } = useRoute();
  const [id] = args;
  return id === undefined ? <FlowList /> : <FlowEditorPage key={id} id={id} />;
}
