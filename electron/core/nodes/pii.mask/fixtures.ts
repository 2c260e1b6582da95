import type { NodeFixture } from '../fixtures.ts';

const text = '姓名 张三 身份证号 11010519491231002X 手机 13800138000';
const maskedText = '姓名 张三 身份证号 110105********002X 手机 138****8000';
const total = (count: number) => (value: unknown) => (value as unknown[]).length === count;

/** @public Loaded by name in the conformance test. */
export const fixtures: readonly NodeFixture[] = [
  {
    name: 'masks text and tells what, not whose',
    inputs: { text },
    outputs: { text: maskedText, findings: (value) => total(2)(value) && !JSON.stringify(value).includes('11010519491231002X') },
  },
  {
    name: 'masks strings, numbers and keys deep inside JSON',
    inputs: {
      json: { person: { phones: ['13800138000', 'a'], mobile: 13_900_139_000 }, 'ada@example.com': { n: 1, ok: true, none: null } },
    },
    outputs: {
      json: { person: { phones: ['138****8000', 'a'], mobile: '139****9000' }, 'a***@example.com': { n: 1, ok: true, none: null } },
      findings: total(2),
    },
  },
  {
    name: 'reads the key as a label',
    inputs: { json: { 身份证号: '110105194912310021', 订单号: '110105194912310021' } },
    outputs: { json: { 身份证号: '110105********0021', 订单号: '110105194912310021' }, findings: total(1) },
  },
  {
    name: 'hides parts of a value that the text has whole',
    inputs: { text, json: { id_number: '1101051949123100', name: '张三' } },
    outputs: { text: maskedText, json: { id_number: '****************', name: '张三' }, findings: total(3) },
  },
  {
    name: 'masks only what is asked for',
    inputs: { text },
    config: { types: ['cn-mobile'] },
    outputs: { text: '姓名 张三 身份证号 11010519491231002X 手机 138****8000', findings: total(1) },
  },
  { name: 'has nothing to mask', inputs: {}, fails: 'flows/wrong-value' },
];
