import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useCases, useChosenCase } from '../../lib/cases.ts';
import { type Command, useCommands } from '../../lib/commands.ts';
import { changeCase } from './choose.ts';

/** Offers every other case in the command palette. */
export function useCaseCommands(): void {
  const { t } = useTranslation('cases');
  const cases = useCases();
  const chosen = useChosenCase()?.id ?? null;
  useCommands(
    t('palette'),
    useMemo(
      (): readonly Command[] =>
        cases.length === 0
          ? []
          : [{ id: null, title: t('all') }, ...cases.map(({ id, name, personal }) => ({ id, title: personal ? t('personal') : name }))]
              .filter(({ id }) => id !== chosen)
              .map(({ id, title }) => ({ id: `case:${id ?? 'all'}`, title: t('goTo', { name: title }), perform: () => changeCase(id) })),
      [cases, chosen, t],
    ),
  );
}
