import { Tooltip } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { formatTime, formatTimeWithZone } from '../lib/format.ts';

/** A local time; the whole of it, with its zone, on the hover. */
export function Time({ at }: { readonly at: number }) {
  useTranslation();
  return (
    <Tooltip label={formatTimeWithZone(at)}>
      <time dateTime={new Date(at).toISOString()} style={{ whiteSpace: 'nowrap' }}>
        {formatTime(at)}
      </time>
    </Tooltip>
  );
}
