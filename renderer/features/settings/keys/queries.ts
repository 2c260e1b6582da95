import { queryOptions } from '@tanstack/react-query';
import { client } from '../../../lib/client.ts';

/** Every way to open this vault. */
export const slotsQuery = queryOptions({
  queryKey: ['keys', 'slots'],
  queryFn: ({ signal }) => client.keys.slots(undefined, { signal }),
});

export const rotationQuery = queryOptions({
  queryKey: ['keys', 'rotation'],
  queryFn: ({ signal }) => client.keys.rotation(undefined, { signal }),
});

export const anchorQuery = queryOptions({
  queryKey: ['vault', 'anchor'],
  queryFn: ({ signal }) => client.vault.anchor(undefined, { signal }),
});

/** Tokens plugged in now; asked for while somebody is choosing one. */
export const tokensQuery = queryOptions({
  queryKey: ['keys', 'tokens'],
  queryFn: ({ signal }) => client.keys.tokens(undefined, { signal }),
  staleTime: 0,
});
