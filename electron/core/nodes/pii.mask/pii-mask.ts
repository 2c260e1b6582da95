import { z } from 'zod';
import { AppError } from '../../errors.ts';
import { findingTypes, type FindingType } from '../../masking/finding.ts';
import { maskText, maskValue } from '../../masking/mask.ts';
import { defineNode, label, optional, type PortValues } from '../node.ts';
import { maskJson, type MaskedItem } from './mask-json.ts';

const typeTitles: Record<FindingType, { en: string; 'zh-CN': string }> = {
  'cn-resident-id': { en: 'Chinese resident id', 'zh-CN': '居民身份证号' },
  'bank-card': { en: 'Bank card', 'zh-CN': '银行卡号' },
  'bank-account': { en: 'Bank account', 'zh-CN': '银行账号' },
  'cn-mobile': { en: 'Chinese mobile', 'zh-CN': '手机号' },
  phone: { en: 'Telephone', 'zh-CN': '电话' },
  email: { en: 'E-mail', 'zh-CN': '电子邮箱' },
  'cn-uscc': { en: 'Unified social credit code', 'zh-CN': '统一社会信用代码' },
  iban: { en: 'IBAN', 'zh-CN': 'IBAN' },
  ipv4: { en: 'IP address', 'zh-CN': 'IP 地址' },
};

const config = z.object({
  types: z
    .array(z.enum(findingTypes).meta({ 'x-enum-titles': typeTitles }))
    .min(1)
    .default([...findingTypes])
    .meta(label('What to mask', '脱敏内容')),
});

/** Masks personal data in text and in extracted fields; lists what it masked without the values. */
export const piiMask = defineNode({
  type: 'pii.mask',
  category: 'privacy',
  icon: 'shield-lock',
  title: { en: 'Mask personal data', 'zh-CN': '个人信息脱敏' },
  description: {
    en: 'Hides id numbers, cards, phones and e-mail addresses in text and in fields.',
    'zh-CN': '隐藏文本与字段中的证件号、卡号、电话和邮箱。',
  },
  inputs: [optional('text', 'text'), optional('json', 'json')],
  outputs: [optional('text', 'text'), optional('json', 'json'), { name: 'findings', type: 'json', required: true }],
  config,
  async run({ text, json }, { types }) {
    if (typeof text !== 'string' && json === undefined)
      throw new AppError('flows/wrong-value', 'This step got neither text nor fields to mask. Connect one of its inputs.');
    const outputs: Record<string, PortValues[string]> = {};
    const items: MaskedItem[] = [];
    const masked = typeof text === 'string' ? maskText(text, { types }) : null;
    if (masked) {
      outputs['text'] = masked.text;
      for (const finding of masked.findings) items.push({ type: finding.type, masked: maskValue(finding), path: 'text' });
    }
    if (json !== undefined) {
      const fields = maskJson(json, types, masked?.findings ?? []);
      outputs['json'] = fields.value;
      items.push(...fields.items);
    }
    return { outputs: { ...outputs, findings: items } };
  },
});
