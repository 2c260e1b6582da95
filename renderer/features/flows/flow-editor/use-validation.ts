import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { client } from '../../../lib/client.ts';
import { useEditor, useEditorState } from './state/editor-context.tsx';
import { documentOf } from './state/editor-store.ts';

const pauseMs = 350;

/** Has core check the flow whenever the person pauses, and keeps the problems in the editor's state. */
export function useValidation(): void {
  const editor = useEditor();
  const document = useEditorState(documentOf);
  const [checked] = useDebouncedValue(document, pauseMs);
  const { data } = useQuery({
    queryKey: ['flows', 'validate', checked],
    queryFn: ({ signal }) => client.flows.validate({ document: { ...checked, name: checked.name.trim() || '?' } }, { signal }),
    // The document itself is the key; hashing it costs less than a round trip, keeping old answers is pointless.
    gcTime: 0,
    staleTime: Number.POSITIVE_INFINITY,
  });
  useEffect(() => {
    if (data) editor.setProblems(data);
  }, [data, editor]);
}
