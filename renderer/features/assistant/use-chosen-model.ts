import type { Model } from '../../../electron/core/contract/index.ts';
import { useDrafts } from './drafts.ts';
import { useModels } from './queries.ts';

/** The model that the next question goes to: the one chosen here, else the default. `none`: it is known that there is none. */
export function useChosenModel(): { readonly models: readonly Model[]; readonly chosen: Model | null; readonly none: boolean } {
  const { data } = useModels();
  const modelId = useDrafts((store) => store.modelId);
  const models = data ?? [];
  const chosen = models.find(({ id }) => id === modelId) ?? models.find(({ isDefault }) => isDefault) ?? models[0] ?? null;
  return { models, chosen, none: data !== undefined && models.length === 0 };
}
