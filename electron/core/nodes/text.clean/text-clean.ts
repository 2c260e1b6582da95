import { z } from 'zod';
import { defineNode, label, required, textOf } from '../node.ts';
import { clean } from './clean.ts';

const config = z.object({
  compatibility: z.boolean().default(true).meta(label('Full-width to normal characters', '全角转半角')),
  joinHyphens: z.boolean().default(true).meta(label('Join words broken at line ends', '合并行末断词')),
  joinChinese: z.boolean().default(true).meta(label('Remove spaces between Chinese characters', '去除汉字之间的空格')),
  collapse: z.boolean().default(true).meta(label('Collapse blanks and empty lines', '合并空白与空行')),
});

export const textClean = defineNode({
  type: 'text.clean',
  category: 'text',
  icon: 'wash',
  title: { en: 'Clean text', 'zh-CN': '清理文本' },
  description: {
    en: 'Removes what PDF and OCR leave behind: broken words, odd spaces, invisible characters.',
    'zh-CN': '清除 PDF 与 OCR 留下的断词、多余空格和不可见字符。',
  },
  inputs: [required('text', 'text')],
  outputs: [required('text', 'text')],
  config,
  run: async (inputs, config) => ({ outputs: { text: clean(textOf(inputs, 'text'), config) } }),
});
