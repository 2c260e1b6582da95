import { NumberInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { GetInputPropsReturnType } from '@mantine/form';
import { type Bounded, bounds } from './bounds.ts';
import { formatNumber } from '../../../lib/format.ts';
import classes from './policies.module.css';
import { PolicyRow } from './policy-row.tsx';

type Props = { readonly name: Bounded; readonly input: GetInputPropsReturnType; readonly readOnly: boolean };

/** A policy that is a number, with its unit and what it may be. */
export function NumberPolicy({ name, input, readOnly }: Props) {
  const { t } = useTranslation('policies');
  const [least, most] = bounds[name];
  const key = name.replace('.', '-');
  return (
    <PolicyRow name={key} range={t('range', { least, most })}>
      {(ids) =>
        readOnly ? (
          <span {...ids} className={classes['value']}>
            {formatNumber(Number(input.value))}
            {t(`rules.${key}.unit`)}
          </span>
        ) : (
          <NumberInput
            {...ids}
            w={150}
            min={least}
            max={most}
            clampBehavior="strict"
            allowDecimal={false}
            allowNegative={false}
            suffix={t(`rules.${key}.unit`)}
            {...input}
          />
        )
      }
    </PolicyRow>
  );
}
