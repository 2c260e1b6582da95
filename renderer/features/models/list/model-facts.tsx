import { Tooltip } from '@mantine/core';
import { IconAlertTriangle, IconCircleCheck } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { MemoryFit, Model, ModelHeader } from '../../../../electron/core/contract/index.ts';
import { formatBytes, formatCount, formatNumber } from '../../../lib/format.ts';
import classes from '../models.module.css';

type Props = { readonly header: ModelHeader; readonly memory: MemoryFit; readonly storage?: Model['storage'] };

/** What our own check read from the file's header, and whether it fits the memory that is free now. */
export function ModelFacts({ header, memory, storage }: Props) {
  const { t } = useTranslation('models');
  return (
    <dl className={`${classes['facts']} ${classes['wide']}`}>
      <Fact name={t('fact.architecture')}>{header.architecture}</Fact>
      <Fact name={t('fact.parameters')}>{formatCount(header.parameters)}</Fact>
      <Fact name={t('fact.quantisation')}>{header.quantisation}</Fact>
      <Fact name={t('fact.context')}>
        {header.contextLength === null ? '–' : t('tokens', { shown: formatNumber(header.contextLength) })}
      </Fact>
      <Fact name={t('fact.size')}>{formatBytes(header.fileSize)}</Fact>
      <Tooltip
        label={t('fit.detail', {
          model: formatBytes(memory.modelBytes),
          context: formatBytes(memory.contextBytes),
          tokens: formatNumber(memory.contextSize),
          free: formatBytes(memory.availableBytes),
        })}
        multiline
        maw={360}
      >
        <div className={classes['fact']}>
          <dt>{t('fact.memory')}</dt>
          <dd style={{ display: 'flex', gap: 4, alignItems: 'center' }}>
            {memory.fits ? (
              <IconCircleCheck size={14} color="var(--mantine-color-green-7)" aria-hidden />
            ) : (
              <IconAlertTriangle size={14} color="var(--mantine-color-orange-7)" aria-hidden />
            )}
            {t(memory.fits ? 'fit.fits' : 'fit.tooLarge', {
              needed: formatBytes(memory.requiredBytes),
              free: formatBytes(memory.availableBytes),
            })}
          </dd>
        </div>
      </Tooltip>
      {storage && <Fact name={t('fact.storage')}>{t(`storage.${storage}`)}</Fact>}
      {!header.hasChatTemplate && <Fact name={t('fact.chat')}>{t('noTemplate')}</Fact>}
    </dl>
  );
}

function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <div className={classes['fact']}>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
