import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { choicesOf, fieldsOf, initialValue, kindOf, type Schema, titleOf } from './schema.ts';
import { validate } from './validate.ts';

const zh = (title: string, chinese: string, more: object = {}) => ({ title, 'x-title-zh': chinese, ...more });
const config = z.object({
  model: z
    .string()
    .nullable()
    .default(null)
    .meta(zh('Model', '模型', { format: 'model' })),
  prompt: z
    .string()
    .min(1)
    .max(20)
    .meta(zh('Instructions', '指令', { format: 'multiline' })),
  mode: z
    .enum(['strict', 'loose'])
    .default('strict')
    .meta({ 'x-enum-titles': { strict: { en: 'Strict', 'zh-CN': '严格' } } }),
  maxTokens: z.int().min(1).max(4096).default(256),
  kinds: z.array(z.enum(['a', 'b'])).default(['a']),
  keep: z.boolean().default(true),
  fields: z
    .array(z.object({ name: z.string().regex(/^[a-z]+$/), type: z.enum(['string', 'number']), required: z.boolean().optional() }))
    .min(1),
  limits: z.object({ seconds: z.number().positive().optional() }).optional(),
  extra: z.record(z.string(), z.string()).optional(),
});
// What node types send: zod's own JSON Schema of what a person may write.
const schema = z.toJSONSchema(config, { io: 'input' }) as Schema;

describe('configuration forms', () => {
  it('find the control of each field', () => {
    expect(fieldsOf(schema, schema).map((field) => [field.name, kindOf(field.schema), field.required])).toEqual([
      ['model', 'model', false],
      ['prompt', 'multiline', true],
      ['mode', 'choice', false],
      ['maxTokens', 'number', false],
      ['kinds', 'choices', false],
      ['keep', 'boolean', false],
      ['fields', 'list', true],
      ['limits', 'object', false],
      ['extra', 'json', false],
    ]);
  });

  it('name fields and choices in both languages', () => {
    const [model, , mode, maxTokens] = fieldsOf(schema, schema).map((field) => field.schema);
    expect([titleOf(model ?? {}, 'model', 'zh-CN'), titleOf(maxTokens ?? {}, 'maxTokens', 'en')]).toEqual(['模型', 'Max tokens']);
    expect(choicesOf(mode ?? {}, 'zh-CN')).toEqual([
      { value: 'strict', label: '严格' },
      { value: 'loose', label: 'loose' },
    ]);
  });

  it('say what is wrong, and where', () => {
    expect(
      validate(schema, {
        model: null,
        prompt: '',
        mode: 'odd',
        maxTokens: 1.5,
        fields: [
          { name: 'total', type: 'number' },
          { name: 'Two words', type: 'date' },
        ],
        limits: { seconds: 0 },
      }),
    ).toEqual([
      { path: 'prompt', code: 'required' },
      { path: 'mode', code: 'choice' },
      { path: 'maxTokens', code: 'type' },
      { path: 'fields.1.name', code: 'pattern' },
      { path: 'fields.1.type', code: 'choice' },
      { path: 'limits.seconds', code: 'too-small', limit: 0 },
    ]);
    expect(validate(schema, { prompt: 'a'.repeat(21), fields: [] })).toEqual([
      { path: 'prompt', code: 'too-long', limit: 20 },
      { path: 'fields', code: 'too-few', limit: 1 },
    ]);
  });

  it('agree with zod about what is valid', () => {
    const start = { ...(initialValue(schema, schema) as object), prompt: 'Read it', fields: [{ name: 'total', type: 'number' }] };
    expect(config.safeParse(start).success).toBe(true);
    expect(validate(schema, start as never)).toEqual([]);
  });
});
