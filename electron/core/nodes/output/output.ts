import { z } from 'zod';
import { defineNode, optional } from '../node.ts';

/** Where a flow ends: what arrives here is the result of the item. */
export const output = defineNode({
  type: 'output',
  role: 'result',
  category: 'data',
  icon: 'file-export',
  title: { en: 'Output', 'zh-CN': '输出' },
  description: { en: 'Makes what arrives the result of the document.', 'zh-CN': '将到达的内容作为该文档的结果。' },
  inputs: [
    optional('text', 'text'),
    optional('fields', 'json'),
    optional('problems', 'json'),
    optional('findings', 'json'),
    optional('record', 'json'),
    optional('value', 'any'),
  ],
  outputs: [],
  config: z.object({}),
  run: async (inputs) => ({ outputs: inputs }),
});
