import { Anchor, CloseButton, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { actionName, areaName } from '../action-name.ts';
import { useNames } from '../use-names.ts';
import { shortId } from './entry-line.tsx';
import { type LogFilter, noFilter } from './log-filter.ts';
import classes from './log.module.css';

type Props = { readonly filter: LogFilter; readonly onChange: (filter: LogFilter) => void };

/** What the filter asks for and the bar does not show, each with a way to drop it; the times of a stretch of time. */
export function FilterChips({ filter, onChange }: Props) {
  const { t } = useTranslation(['audit', 'common']);
  const names = useNames();
  const { areas, action, caseId, subject, span, from, to } = filter;
  const drop = (part: Partial<LogFilter>) => () => onChange({ ...filter, ...part });
  const chips = [
    ...areas.map((area) => ({
      key: `area ${area}`,
      name: t('filter.area'),
      value: areaName(area),
      drop: drop({ areas: areas.filter((one) => one !== area) }),
    })),
    ...(action === '' ? [] : [{ key: 'action', name: t('column.action'), value: actionName(action), drop: drop({ action: '' }) }]),
    ...(caseId === ''
      ? []
      : [{ key: 'case', name: t('cases:case'), value: names.of(caseId) ?? shortId(caseId), drop: drop({ caseId: '' }) }]),
    ...(subject === ''
      ? []
      : [{ key: 'subject', name: t('column.subject'), value: names.of(subject) ?? shortId(subject), drop: drop({ subject: '' }) }]),
  ];
  if (chips.length === 0 && span !== 'between') return null;
  return (
    <div className={classes['chips']} role="group" aria-label={t('filter.chosen')}>
      {span === 'between' &&
        (['from', 'to'] as const).map((end) => (
          <TextInput
            key={end}
            size="xs"
            type="datetime-local"
            aria-label={t(`filter.${end}`)}
            value={filter[end]}
            {...(end === 'from' ? { max: to } : { min: from })}
            leftSectionWidth={44}
            leftSection={<span className={classes['chipName']}>{t(`filter.${end}`)}</span>}
            onChange={(event) => onChange({ ...filter, [end]: event.currentTarget.value })}
          />
        ))}
      {chips.map(({ key, name, value, drop: remove }) => (
        <span key={key} className={classes['chip']}>
          <span className={classes['chipText']} title={value}>
            <span className={classes['chipName']}>{name}: </span>
            {value}
          </span>
          <CloseButton size="xs" aria-label={t('filter.drop', { name: value })} onClick={remove} />
        </span>
      ))}
      <Anchor component="button" type="button" fz="xs" onClick={() => onChange(noFilter)}>
        {t('filter.clear')}
      </Anchor>
    </div>
  );
}
