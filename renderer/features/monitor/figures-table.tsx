import { Table } from '@mantine/core';
import { Fragment } from 'react';
import { useTranslation } from 'react-i18next';
import type { Chart } from './charts.ts';
import classes from './monitor.module.css';
import { summarise, type Samples } from './sample-window.ts';

type Props = { readonly charts: readonly Chart[]; readonly samples: Samples };

/** All charts as numbers, for those who read better than they see and for copying out. */
export function FiguresTable({ charts, samples }: Props) {
  const { t } = useTranslation('monitor');
  return (
    <section className={classes['card']}>
      <Table className={classes['figures']} aria-label={t('figures.title')}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('figures.figure')}</Table.Th>
            <Table.Th ta="right">{t('figures.now')}</Table.Th>
            <Table.Th ta="right">{t('figures.lowest')}</Table.Th>
            <Table.Th ta="right">{t('figures.mean')}</Table.Th>
            <Table.Th ta="right">{t('figures.highest')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {charts.map((chart) => (
            <Fragment key={chart.key}>
              {chart.lines.map((line) => {
                const { now, lowest, mean, highest } = summarise(samples, line.value);
                return (
                  <Table.Tr key={line.key}>
                    <Table.Th scope="row" fw={400}>
                      {chart.title} <span className={classes['dimmed']}>{line.label}</span>
                    </Table.Th>
                    {[now, lowest, mean, highest].map((value, index) => (
                      <Table.Td key={index} ta="right">
                        {value === null ? '–' : chart.format(value)}
                      </Table.Td>
                    ))}
                  </Table.Tr>
                );
              })}
            </Fragment>
          ))}
        </Table.Tbody>
      </Table>
    </section>
  );
}
