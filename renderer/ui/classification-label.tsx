import { useTranslation } from 'react-i18next';
import type { Classification } from '../../electron/core/contract/index.ts';
import classes from './classification-label.module.css';

/** From least to most secret; a test holds it to the contract. */
export const classifications = ['public', 'internal', 'confidential', 'secret'] as const satisfies readonly Classification[];

/** How secret a case is; the word carries the meaning, the colour only helps. */
export function ClassificationLabel({ level }: { readonly level: Classification }) {
  const { t } = useTranslation('cases');
  return (
    <span className={classes['label']} data-level={level} title={t(`classificationHints.${level}`)}>
      {t(`classification.${level}`)}
    </span>
  );
}
