import { useTranslation } from 'react-i18next';
import classes from './code.module.css';
import { groupsOf } from './groups.ts';

/** A code, large and in its numbered groups. */
export function CodeShown({ code }: { readonly code: string }) {
  const { t } = useTranslation('vault');
  return (
    <ol className={classes['code']} aria-label={t('code.label')}>
      {groupsOf(code).map((group, at) => (
        <li key={at} className={classes['group']}>
          <span className={classes['number']} aria-hidden>
            {at + 1}
          </span>
          {group}
        </li>
      ))}
    </ol>
  );
}
