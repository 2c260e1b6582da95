import { queryOptions, useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { create } from 'zustand';
import { persist } from 'zustand/middleware';
import type { CaseSummary, Permission } from '../../electron/core/contract/index.ts';
import { client } from './client.ts';
import { queryClient } from './query.ts';
import { usePermission, useSessionStore } from './session.ts';

/** Nothing tells the page that somebody else closed or shared a case, so it looks now and then. */
const lookAgainMs = 20_000;

/** Every query about cases; the keys begin with `cases`. */
export const caseQueries = {
  own: () =>
    queryOptions({
      queryKey: ['cases', 'list', 'own'],
      queryFn: ({ signal }) => client.cases.list({}, { signal }),
      refetchInterval: lookAgainMs,
    }),
  all: () => queryOptions({ queryKey: ['cases', 'list', 'all'], queryFn: ({ signal }) => client.cases.list({ all: true }, { signal }) }),
  get: (id: string) => queryOptions({ queryKey: ['cases', 'get', id], queryFn: ({ signal }) => client.cases.get({ id }, { signal }) }),
};

type Choice = { readonly byPerson: Readonly<Record<string, string>> };

/** The case each person works in; the page keeps its id only, in the browser profile. */
const useChoice = create<Choice>()(persist((): Choice => ({ byPerson: {} }), { name: 'redoubt.case' }));

const personId = (): string => {
  const { state } = useSessionStore.getState();
  return state.phase === 'signed-in' ? state.session.person.id : '';
};

/** The cases of the signed-in person, the personal one first; empty until they are known or where the role has none. */
export function useCases(): readonly CaseSummary[] {
  const may = usePermission('cases.use');
  return useQuery({ ...caseQueries.own(), enabled: may }).data ?? [];
}

export function useCase(id: string | null | undefined): CaseSummary | undefined {
  return useCases().find((one) => one.id === id);
}

/** The case that lists show and that new things go to; null: all cases are shown, and new things go to the personal one. */
export function useChosenCase(): CaseSummary | null {
  const cases = useCases();
  const person = useSessionStore(({ state }) => (state.phase === 'signed-in' ? state.session.person.id : ''));
  const chosen = useChoice(({ byPerson }) => byPerson[person]);
  return cases.find(({ id }) => id === chosen) ?? null;
}

/** As `useChosenCase`, for what happens outside a component. */
export function chosenCaseId(): string | null {
  const chosen = useChoice.getState().byPerson[personId()];
  const cases = queryClient.getQueryData(caseQueries.own().queryKey);
  return cases?.some(({ id }) => id === chosen) === true ? (chosen ?? null) : null;
}

/** The part of an input that names a case; absent means the person's own. */
export function inCase(caseId: string | null): { caseId?: string } {
  return caseId === null ? {} : { caseId };
}

export function chooseCase(id: string | null): void {
  const person = personId();
  useChoice.setState(({ byPerson }) => ({
    byPerson: Object.fromEntries([...Object.entries(byPerson).filter(([one]) => one !== person), ...(id === null ? [] : [[person, id]])]),
  }));
}

export type Writing = {
  /** The role has the permission: the control is there. */
  readonly allowed: boolean;
  /** Why it cannot be used in this case all the same, in words; null where it can. */
  readonly blocked: string | null;
  /** Both: it can be done now. */
  readonly may: boolean;
};

/** Whether the person may change something in these cases (null: the personal one), and if not now, why. */
export function useWriting(permission: Permission, ...caseIds: readonly (string | null)[]): Writing {
  return useGuarded(permission, caseIds, false);
}

/** As `useWriting`, for deleting: nothing of a case under legal hold is deleted. */
export function useRemoving(permission: Permission, ...caseIds: readonly (string | null)[]): Writing {
  return useGuarded(permission, caseIds, true);
}

function useGuarded(permission: Permission, caseIds: readonly (string | null)[], removing: boolean): Writing {
  const { t } = useTranslation('cases');
  const allowed = usePermission(permission);
  const touched = useCases().filter((one) => caseIds.includes(one.id) || (one.personal && caseIds.includes(null)));
  const reason = touched.some(({ access }) => access === 'read')
    ? 'readOnly'
    : touched.some(({ state }) => state === 'closed')
      ? 'closed'
      : removing && touched.some(({ legalHold }) => legalHold !== null)
        ? 'held'
        : null;
  const blocked = reason === null ? null : t(`blocked.${reason}`);
  return { allowed, blocked, may: allowed && blocked === null };
}
