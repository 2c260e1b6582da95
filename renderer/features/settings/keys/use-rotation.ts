import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { client } from '../../../lib/client.ts';
import { useStream } from '../../../lib/use-stream.ts';
import { rotationQuery } from './queries.ts';

/** The vault key and its replacement, live; a reload takes it up where it is. */
export function useRotation() {
  const queryClient = useQueryClient();
  const rotation = useQuery(rotationQuery);
  useStream(
    'rotation',
    (signal) => client.keys.watchRotation(undefined, { signal }),
    (state) => queryClient.setQueryData(rotationQuery.queryKey, state),
    () => void queryClient.invalidateQueries({ queryKey: rotationQuery.queryKey }),
  );
  const rotate = useMutation({
    mutationFn: () => client.keys.rotate(),
    onSuccess: (state) => queryClient.setQueryData(rotationQuery.queryKey, state),
  });
  return { rotation, rotate };
}
