import { z } from 'zod';
import { defineNode, required } from '../node.ts';

/** Where a flow begins: hands on the document of the run item. */
export const input = defineNode({
  type: 'input',
  role: 'source',
  category: 'data',
  icon: 'file-import',
  title: { en: 'Input', 'zh-CN': '输入' },
  description: { en: 'The document that the flow was started with.', 'zh-CN': '启动流程时所选的文档。' },
  inputs: [],
  outputs: [required('document', 'document')],
  config: z.object({}),
  run: async (_inputs, _config, { document }) => ({ outputs: { document: { documentId: document.id, name: document.name } } }),
});
