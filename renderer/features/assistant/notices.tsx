import { Text } from '@mantine/core';
import { IconInfoCircle } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { ChatNotice } from '../../../electron/core/contract/index.ts';
import { formatNumber } from '../../lib/format.ts';
import classes from './message.module.css';

/** What the reader of an answer must know about what the model was given. */
export function Notices({ notices }: { readonly notices: readonly ChatNotice[] }) {
  const { t } = useTranslation('assistant');
  if (notices.length === 0) return null;
  return (
    <ul className={classes['notices']}>
      {notices.map(({ code, details }) => {
        const values = Object.fromEntries(
          Object.entries(details).map(([name, value]) => [name, typeof value === 'number' ? formatNumber(value) : value]),
        );
        const context = code === 'demonstration-model' ? { context: String(details['source']) } : {};
        return (
          <li key={`${code} ${String(details['name'] ?? '')}`}>
            <IconInfoCircle size={15} stroke={1.7} aria-hidden />
            <Text fz="xs" component="span">
              {t(`notices.${code}`, { ...values, ...context })}
            </Text>
          </li>
        );
      })}
    </ul>
  );
}
