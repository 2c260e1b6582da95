import type { CaseSummary } from '../../../electron/core/contract/index.ts';
import { usePermission } from '../../lib/session.ts';

export type CaseRights = {
  /** Name, label, purpose. */
  readonly edit: boolean;
  /** Members, state, retention, deletion: never of a personal case. */
  readonly manage: boolean;
  readonly hold: boolean;
  /** Sees what is in it. */
  readonly content: boolean;
};

/** What the signed-in person may do with a case as such; who leads it or administers cases manages it. */
export function useCaseRights({ access, personal }: Pick<CaseSummary, 'access' | 'personal'>): CaseRights {
  const administers = usePermission('cases.administer');
  const edit = administers || access === 'lead';
  return { edit, manage: edit && !personal, hold: administers, content: access !== null };
}
