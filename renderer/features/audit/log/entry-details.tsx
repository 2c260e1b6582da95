import { Anchor, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { AuditEntry } from '../../../../electron/core/contract/index.ts';
import { formatBytes, formatDuration, formatNumber, formatTimeWithZone } from '../../../lib/format.ts';
import { JsonTree } from '../../runs/values/json-tree.tsx';
import { fieldName } from '../action-name.ts';
import { useNames } from '../use-names.ts';
import { lifeAddress } from './life-address.ts';
import classes from './log.module.css';

type Details = AuditEntry['details'];
type Value = Details[string];

const uuid = /^[\da-f]{8}-(?:[\da-f]{4}-){3}[\da-f]{12}$/;
const hash = /^[\da-f]{64}$/;

/** The facts an entry holds beside its fixed ones, with names and units in place of codes and bare numbers. */
export function EntryDetails({ details }: { readonly details: Details }) {
  const { t } = useTranslation('audit');
  const fields = Object.entries(details);
  if (fields.length === 0) return <Text c="dimmed">{t('entry.noDetails')}</Text>;
  return (
    <dl className={classes['facts']}>
      {fields.map(([name, value]) => (
        <Field key={name} name={name} value={value} />
      ))}
    </dl>
  );
}

function Field({ name, value }: { readonly name: string; readonly value: Value }) {
  return (
    <>
      <dt title={name}>{fieldName(name)}</dt>
      <dd>{typeof value === 'object' && value !== null ? <Compound value={value} /> : <Plain name={name} value={value} />}</dd>
    </>
  );
}

function Compound({ value }: { readonly value: Extract<Value, object> }) {
  if (Array.isArray(value) && value.length === 0) return '–';
  if (Array.isArray(value) && value.every((one) => typeof one === 'string')) {
    return value.map((one) => (
      <div key={one}>
        <Plain name="" value={one} />
      </div>
    ));
  }
  return <JsonTree value={value} />;
}

function Plain({ name, value }: { readonly name: string; readonly value: Exclude<Value, object> | null }) {
  const { t } = useTranslation('audit');
  const names = useNames();
  if (value === null || value === '') return '–';
  if (typeof value === 'boolean') return t(value ? 'entry.yes' : 'entry.no');
  if (typeof value === 'number') return numberOf(name, value);
  if (uuid.test(value)) {
    return (
      <Anchor fz="sm" className={names.of(value) === null ? classes['mono'] : undefined} href={lifeAddress(value)}>
        {names.of(value) ?? value}
      </Anchor>
    );
  }
  return <span className={hash.test(value) ? classes['mono'] : undefined}>{value}</span>;
}

const moments = new Set(['expected', 'found', 'at', 'seenAt', 'before']);

function numberOf(name: string, value: number): string {
  if (name === 'ms' || name.endsWith('Ms')) return value < 0 ? `−${formatDuration(-value)}` : formatDuration(value);
  if (name === 'bytes' || name === 'size' || name.endsWith('Bytes')) return formatBytes(value);
  if (moments.has(name) && value > 1e12) return formatTimeWithZone(value);
  return formatNumber(value, 3);
}
