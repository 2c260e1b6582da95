import { z } from 'zod';
import type { Json } from '../../contract/base.ts';
import { AppError } from '../../errors.ts';
import { defineNode, label, required } from '../node.ts';
import { checkJson } from './check-json.ts';

const config = z.object({
  schema: z
    .record(z.string(), z.json())
    .default({ type: 'object' })
    .meta(label('JSON Schema', 'JSON 模式', { description: 'Draft 2020-12', 'x-description-zh': '2020-12 草案' })),
  onInvalid: z
    .enum(['report', 'fail'])
    .default('report')
    .meta(
      label('If the data does not fit', '数据不符合时', {
        'x-enum-titles': {
          report: { en: 'Report and go on', 'zh-CN': '报告并继续' },
          fail: { en: 'Fail the document', 'zh-CN': '该文档失败' },
        },
      }),
    ),
});

/** Checks data against a JSON Schema. What does not fit is data for the reviewer, and a failure only where asked. */
export const jsonValidate = defineNode({
  type: 'json.validate',
  category: 'data',
  icon: 'checklist',
  title: { en: 'Check fields', 'zh-CN': '校验字段' },
  description: {
    en: 'Checks extracted fields against a JSON Schema and lists what does not fit.',
    'zh-CN': '按 JSON 模式校验提取的字段并列出不符之处。',
  },
  inputs: [required('json', 'json')],
  outputs: [required('json', 'json'), required('problems', 'json')],
  config,
  async run(inputs, { schema, onInvalid }) {
    const json: Json = inputs['json'] ?? null;
    const problems = checkJson(schema, json);
    if (onInvalid === 'fail' && problems.length > 0) {
      const places = problems.slice(0, 10).map(({ path }) => path);
      throw new AppError('flows/invalid-data', `The data does not fit its schema in ${problems.length} place(s): ${places.join(', ')}.`, {
        places,
      });
    }
    return { outputs: { json, problems: { valid: problems.length === 0, problems } } };
  },
});
