import { Anchor, Code, UnstyledButton } from '@mantine/core';
import { IconChevronDown, IconChevronRight } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Json } from '../../../../electron/core/contract/base.ts';
import { formatNumber } from '../../../lib/format.ts';
import classes from './values.module.css';

const openDepth = 2;
const openUpTo = 30;
const entriesAtOnce = 100;
const longString = 300;

type Props = { readonly value: Json; readonly name?: string; readonly depth?: number };

/** Any JSON value as a tree whose branches open and close. Everything in it is text, never markup. */
export function JsonTree({ value, name, depth = 0 }: Props) {
  if (typeof value === 'object' && value !== null) return <Branch value={value} {...(name === undefined ? {} : { name })} depth={depth} />;
  return (
    <div className={classes['leaf']}>
      {name !== undefined && <Name name={name} />}
      {typeof value === 'string' ? <LongString text={value} /> : <span className={classes['scalar']}>{String(value)}</span>}
    </div>
  );
}

const Name = ({ name }: { readonly name: string }) => <span className={classes['name']}>{name}</span>;

function Branch({ value, name, depth }: { readonly value: Json[] | Record<string, Json>; readonly name?: string; readonly depth: number }) {
  const { t } = useTranslation('runs');
  const entries = Array.isArray(value) ? value.map((entry, index) => [String(index + 1), entry] as const) : Object.entries(value);
  const [open, setOpen] = useState(depth < openDepth && entries.length <= openUpTo);
  const [shown, setShown] = useState(entriesAtOnce);
  const count = Array.isArray(value) ? t('values.items', { count: entries.length }) : t('values.fields', { count: entries.length });
  if (entries.length === 0) {
    return (
      <div className={classes['leaf']}>
        {name !== undefined && <Name name={name} />}
        <span className={classes['count']}>{count}</span>
      </div>
    );
  }
  const Chevron = open ? IconChevronDown : IconChevronRight;
  return (
    <div>
      <UnstyledButton className={classes['toggle']} aria-expanded={open} onClick={() => setOpen(!open)}>
        <Chevron size={14} stroke={1.8} aria-hidden />
        {name !== undefined && <Name name={name} />}
        <span className={classes['count']}>{count}</span>
      </UnstyledButton>
      {open && (
        <div className={classes['branch']}>
          {entries.slice(0, shown).map(([key, entry]) => (
            <JsonTree key={key} name={key} value={entry} depth={depth + 1} />
          ))}
          {entries.length > shown && (
            <Anchor component="button" type="button" fz="xs" onClick={() => setShown(shown + 10 * entriesAtOnce)}>
              {t('values.more', { count: entries.length - shown, shown: formatNumber(entries.length - shown) })}
            </Anchor>
          )}
        </div>
      )}
    </div>
  );
}

function LongString({ text }: { readonly text: string }) {
  const { t } = useTranslation('runs');
  const [all, setAll] = useState(false);
  if (text.length <= longString || all) return <span className={classes['string']}>{text}</span>;
  return (
    <span className={classes['string']}>
      {text.slice(0, longString)}…{' '}
      <Anchor component="button" type="button" fz="xs" onClick={() => setAll(true)}>
        {t('values.showAll', { shown: formatNumber(text.length) })}
      </Anchor>
    </span>
  );
}

const longText = 2_000;

/** A text as it stands, its beginning first when it is long. */
export function TextBlock({ text, label }: { readonly text: string; readonly label: string }) {
  const { t } = useTranslation('runs');
  const [all, setAll] = useState(false);
  const cut = text.length > longText && !all;
  return (
    <div>
      <Code block className={classes['text']} tabIndex={0} role="region" aria-label={label}>
        {text === '' ? t('values.emptyText') : cut ? `${text.slice(0, longText)}…` : text}
      </Code>
      {text.length > longText && (
        <Anchor component="button" type="button" fz="xs" mt={4} onClick={() => setAll(!all)}>
          {all ? t('values.showLess') : t('values.showAll', { shown: formatNumber(text.length) })}
        </Anchor>
      )}
    </div>
  );
}
