import { useChosenCase } from '../../lib/cases.ts';
import { useRoute } from '../../lib/route.ts';
import { DocumentList } from './list/document-list.tsx';
import { useDocumentsWatch } from './use-documents-watch.ts';
import { DocumentViewer } from './viewer/document-viewer.tsx';

/** `#/documents` is the list, `#/documents/<id>/<page>` the viewer. */
export function DocumentsView() {
  const { args } = useRoute();
  const chosen = useChosenCase();
  useDocumentsWatch();
  const [id, page] = args;
  return id === undefined ? (
    <DocumentList key={chosen?.id ?? ''} />
  ) : (
    <DocumentViewer key={id} id={id} page={Math.max(1, Number(page) || 1)} />
  );
}
