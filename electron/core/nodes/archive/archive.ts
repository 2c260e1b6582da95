import { z } from 'zod';
import { defineNode, label, optional, required } from '../node.ts';

const config = z.object({
  collection: z.string().trim().min(1).max(80).default('documents').meta(label('Collection', '归档集合')),
});

/** Stores what arrives as one record of the vault; once, however often the step is run. */
export const archive = defineNode({
  type: 'archive',
  category: 'store',
  icon: 'archive',
  title: { en: 'Archive', 'zh-CN': '归档' },
  description: { en: 'Stores the result in the vault, exactly once.', 'zh-CN': '将结果存入保险库，且只存一次。' },
  inputs: [optional('text', 'text'), optional('fields', 'json'), optional('problems', 'json'), optional('findings', 'json')],
  outputs: [required('record', 'json')],
  config,
  async run(inputs, { collection }, { document, caseId, idempotencyKey, services, signal }) {
    signal.throwIfAborted();
    const record = services.archive.store({
      idempotencyKey,
      caseId,
      collection,
      documentId: document.id,
      documentName: document.name,
      content: { ...inputs },
    });
    return { outputs: { record } };
  },
});
