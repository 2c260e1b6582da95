import { useTranslation } from 'react-i18next';
import type { Classification } from '../../electron/core/contract/index.ts';
import classes from './classification-label.module.css';

/** How secret a case is; the word carries the meaning, the colour only helps. */
export function ClassificationLabel({ level }: { readonly level: Classification }) {
  const { t } = useTranslation('cases');
  return (
    <span className={classes['label']} data-level={level} title={t(`classificationHints.${level}`)}>
      {t(`classification.${level}`)}
    </span>
  );
}
