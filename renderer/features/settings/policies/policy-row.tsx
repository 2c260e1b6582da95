import { type ReactNode, useId } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './policies.module.css';

type Ids = { readonly 'aria-labelledby': string; readonly 'aria-describedby': string };
type Props = { readonly name: string; readonly range?: string; readonly children: (ids: Ids) => ReactNode };

/** One rule: what it is called and means on the left, what it is set to on the right. */
export function PolicyRow({ name, range, children }: Props) {
  const { t } = useTranslation('policies');
  const id = useId();
  return (
    <div className={classes['row']}>
      <div>
        <div id={`${id}-name`} className={classes['name']}>
          {t(`rules.${name}.name`)}
        </div>
        <div id={`${id}-text`} className={classes['text']}>
          {t(`rules.${name}.text`)}
          {range !== undefined && <span className={classes['range']}> {range}</span>}
        </div>
      </div>
      <div className={classes['control']}>{children({ 'aria-labelledby': `${id}-name`, 'aria-describedby': `${id}-text` })}</div>
    </div>
  );
}
