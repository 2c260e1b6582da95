import type { NodeType } from '../../../../../electron/core/contract/flows.ts';
import type { Catalogue } from '../model/flow-model.ts';

export const categories = ['data', 'document', 'text', 'model', 'privacy', 'store'] as const satisfies readonly NodeType['category'][];

/** The node types whose names, description or type hold every word of `search`, in any language the page has. */
export function findTypes(catalogue: Catalogue, search: string): NodeType[] {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  return [...catalogue.values()].filter((type) => {
    const text = [type.type, type.title.en, type.title['zh-CN'], type.description.en, type.description['zh-CN']].join('\n').toLowerCase();
    return words.every((word) => text.includes(word));
  });
}

/** Node types by section, empty sections left out. */
export function sections(types: readonly NodeType[]): { category: NodeType['category']; types: NodeType[] }[] {
  return categories
    .map((category) => ({ category, types: types.filter((type) => type.category === category) }))
    .filter((section) => section.types.length > 0);
}
