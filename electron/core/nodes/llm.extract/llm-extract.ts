import { z } from 'zod';
import type { Json } from '../../contract/base.ts';
import { AppError } from '../../errors.ts';
import { defineNode, label, required, textOf } from '../node.ts';

const kinds = {
  string: { en: 'Text', 'zh-CN': '文本' },
  number: { en: 'Number', 'zh-CN': '数字' },
  boolean: { en: 'Yes or no', 'zh-CN': '是或否' },
};
const field = z.object({
  name: z.string().trim().min(1).max(64).meta(label('Name', '名称')),
  type: z
    .enum(['string', 'number', 'boolean'])
    .default('string')
    .meta(label('Type', '类型', { 'x-enum-titles': kinds })),
  description: z.string().max(500).default('').meta(label('What it is', '说明')),
});
const config = z.object({
  modelId: z
    .string()
    .nullable()
    .default(null)
    .meta(label('Model (empty: the default model)', '模型（留空则用默认模型）', { format: 'model' })),
  fields: z
    .array(field)
    .min(1)
    .max(100)
    .default([{ name: 'name', type: 'string', description: '' }])
    .meta(label('Fields', '字段')),
  timeoutSeconds: z.int().min(1).max(3600).default(300).meta(label('Time limit for one answer (seconds)', '单次回答时限（秒）')),
  onNoModel: z
    .enum(['fail', 'skip'])
    .default('fail')
    .meta(
      label('Without a model', '没有模型时', {
        'x-enum-titles': {
          fail: { en: 'Fail the document', 'zh-CN': '该文档失败' },
          skip: { en: 'Leave this step out', 'zh-CN': '跳过此步' },
        },
      }),
    ),
});

/** Extracts fields from text with a local model whose answer is constrained to the fields; null where the text has none. */
export const llmExtract = defineNode({
  type: 'llm.extract',
  category: 'model',
  icon: 'sparkles',
  title: { en: 'Extract fields', 'zh-CN': '提取字段' },
  description: { en: 'A local model fills the fields you list from the text.', 'zh-CN': '由本地模型按所列字段从文本中提取内容。' },
  inputs: [required('text', 'text')],
  outputs: [required('fields', 'json'), required('info', 'json')],
  config,
  async run(inputs, { modelId, fields, timeoutSeconds, onNoModel }, { services, signal, origin }) {
    const request = {
      modelId: modelId ?? undefined,
      schema: schemaOf(fields),
      text: textOf(inputs, 'text'),
      timeoutMs: timeoutSeconds * 1000,
      origin,
    };
    try {
      const extraction = await services.inference.extract(request, { signal });
      const { model, incomplete, promptTokens, outputTokens, durationMs } = extraction;
      return {
        outputs: { fields: { ...extraction.values }, info: { model: model.name, incomplete, promptTokens, outputTokens, durationMs } },
        modelUse: { name: model.name, outputTokens },
      };
    } catch (error) {
      if (onNoModel === 'skip' && error instanceof AppError && error.code === 'inference/no-model')
        return {
          outputs: {},
          skipped: {
            code: error.code,
            message:
              'No field was extracted: there is no model yet. Import one under Models and run this again; everything that needs no model was done.',
          },
        };
      throw error;
    }
  },
});

function schemaOf(fields: readonly z.output<typeof field>[]): Json {
  const properties = fields.map(({ name, type, description }): [string, Json] => [name, description ? { type, description } : { type }]);
  return {
    type: 'object',
    properties: Object.fromEntries(properties),
    required: fields.map(({ name }) => name),
    additionalProperties: false,
  };
}
