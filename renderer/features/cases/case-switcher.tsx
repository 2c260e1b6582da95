import { Combobox, UnstyledButton, useCombobox } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { IconCheck, IconSelector, IconStack2 } from '@tabler/icons-react';
import { useEffect, useEffectEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCases, useChosenCase } from '../../lib/cases.ts';
import { navigate } from '../../lib/route.ts';
import { ClassificationLabel } from '../../ui/classification-label.tsx';
import { modKey } from '../../ui/key-hint.tsx';
import { CaseName } from './case-mark.tsx';
import { changeCase } from './choose.ts';
import classes from './case-switcher.module.css';

const all = 'all';
const manage = 'manage';
/** With fewer cases a search field is only in the way. */
const searchFrom = 6;

/** The case one works in, in the rail: all, or one. Ctrl/Cmd + J opens it; in a narrow window its picture stays. */
export function CaseSwitcher() {
  const { t } = useTranslation('cases');
  const cases = useCases();
  // With one case there is nothing to choose: it is that one.
  const chosen = useChosenCase() ?? (cases.length === 1 ? (cases[0] ?? null) : null);
  const narrow = useMediaQuery('(max-width: 1080px)', false, { getInitialValueInEffect: false });
  const [search, setSearch] = useState('');
  const searchable = cases.length >= searchFrom;
  const combobox = useCombobox({
    onDropdownClose: () => {
      combobox.resetSelectedOption();
      setSearch('');
    },
    onDropdownOpen: () => {
      // Its options are there a frame later.
      requestAnimationFrame(() => {
        combobox.selectActiveOption();
        if (searchable) combobox.focusSearchInput();
      });
    },
  });
  const toggle = useEffectEvent(() => {
    combobox.toggleDropdown();
    if (!searchable) combobox.focusTarget();
  });
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (!(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey || event.key.toLowerCase() !== 'j') return;
      event.preventDefault();
      toggle();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, []);

  if (cases.length === 0) return null;
  const words = search.trim().toLowerCase();
  const matching = cases.filter(({ name, purpose, personal }) =>
    `${personal ? t('personal') : ''}\n${name}\n${purpose}`.toLowerCase().includes(words),
  );
  const option = (one: (typeof cases)[number]) => (
    <Combobox.Option key={one.id} value={one.id} active={one.id === chosen?.id}>
      <CaseName of={one} />
      {one.id === chosen?.id && <IconCheck size={15} stroke={2} aria-hidden />}
    </Combobox.Option>
  );
  const open = matching.filter(({ state }) => state === 'open');
  const closed = matching.filter(({ state }) => state === 'closed');
  const name = chosen === null ? t('all') : chosen.personal ? t('personal') : chosen.name;
  const label =
    chosen === null ? t('switcher.labelAll') : t('switcher.label', { name, level: t(`classification.${chosen.classification}`) });
  return (
    <Combobox
      store={combobox}
      width={290}
      position={narrow ? 'right-start' : 'bottom-start'}
      withinPortal
      onOptionSubmit={(value) => {
        combobox.closeDropdown();
        combobox.focusTarget();
        if (value === manage) navigate('cases');
        else changeCase(value === all ? null : value);
      }}
    >
      <Combobox.Target targetType="button" withAriaAttributes>
        <UnstyledButton
          className={classes['target']}
          data-level={chosen?.classification}
          aria-label={label}
          title={narrow ? label : undefined}
          aria-keyshortcuts="Control+J"
          onClick={() => combobox.toggleDropdown()}
        >
          <span className={classes['picture']} aria-hidden>
            {chosen === null ? <IconStack2 size={18} stroke={1.7} /> : <span>{[...name][0]}</span>}
          </span>
          <span className={classes['text']}>
            <span className={classes['name']}>{name}</span>
            <span className={classes['below']}>
              {chosen === null ? t('switcher.count', { count: cases.length }) : <ClassificationLabel level={chosen.classification} />}
            </span>
          </span>
          <IconSelector size={15} stroke={1.7} aria-hidden className={classes['arrows']} />
        </UnstyledButton>
      </Combobox.Target>
      <Combobox.Dropdown aria-label={t('switcher.title')}>
        {searchable && (
          <Combobox.Search
            value={search}
            aria-label={t('switcher.search')}
            placeholder={t('switcher.search')}
            onChange={(event) => {
              setSearch(event.currentTarget.value);
              combobox.selectFirstOption();
            }}
          />
        )}
        <Combobox.Options className={classes['options'] ?? ''}>
          <div className={classes['scroll']}>
            {words === '' && cases.length > 1 && (
              <Combobox.Option value={all} active={chosen === null}>
                <span>
                  {t('all')}
                  <span className={classes['hint']}>{t('switcher.allHint')}</span>
                </span>
                {chosen === null && <IconCheck size={15} stroke={2} aria-hidden />}
              </Combobox.Option>
            )}
            {open.map(option)}
            {closed.length > 0 && <Combobox.Group label={t('switcher.closed')}>{closed.map(option)}</Combobox.Group>}
            {matching.length === 0 && <Combobox.Empty>{t('switcher.nothing')}</Combobox.Empty>}
          </div>
          <div className={classes['footer']}>
            <Combobox.Option value={manage}>
              <span className={classes['manage']}>{t('switcher.manage')}</span>
              <span className={classes['keys']}>{modKey}J</span>
            </Combobox.Option>
          </div>
        </Combobox.Options>
      </Combobox.Dropdown>
    </Combobox>
  );
}
