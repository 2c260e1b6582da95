import type { NodeFixture } from '../fixtures.ts';

/** @public Loaded by name in the conformance test. */
export const fixtures: readonly NodeFixture[] = [
  { name: 'joins broken words', inputs: { text: 'docu-\nment, Jean-\nPaul' }, outputs: { text: 'document, Jean-\nPaul' } },
  { name: 'joins Chinese characters that OCR set apart', inputs: { text: '甲 方 ： 张 三\tA 1' }, outputs: { text: '甲方：张三 A 1' } },
  {
    name: 'folds full-width forms',
    inputs: { text: '电话：１３８００１３８０００，ﬁne m²' },
    outputs: { text: '电话：13800138000，fine m²' },
  },
  { name: 'keeps them when asked', inputs: { text: '１３８' }, config: { compatibility: false }, outputs: { text: '１３８' } },
  {
    name: 'collapses blanks and drops invisible characters',
    inputs: { text: ' a\u200b  b\r\n\r\n\r\n\u0007c ' },
    outputs: { text: 'a b\n\nc' },
  },
  { name: 'takes text only', inputs: { text: 1 }, fails: 'flows/wrong-value' },
];
