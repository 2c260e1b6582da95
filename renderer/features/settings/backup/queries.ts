import { queryOptions } from '@tanstack/react-query';
import { client } from '../../../lib/client.ts';

export const backupQuery = queryOptions({
  queryKey: ['backup', 'state'],
  queryFn: ({ signal }) => client.backup.state(undefined, { signal }),
});

/** What the backup folder holds; `folder` only tells one folder's answer from another's. */
export const snapshotsQuery = (folder: string | null) =>
  queryOptions({
    queryKey: ['backup', 'snapshots', folder],
    queryFn: ({ signal }) => client.backup.snapshots({ folder: null }, { signal }),
    enabled: folder !== null,
  });

export const drillsQuery = queryOptions({
  queryKey: ['backup', 'history'],
  queryFn: ({ signal }) => client.backup.history(undefined, { signal }),
});
