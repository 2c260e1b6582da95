import { expect, it } from 'vitest';
import { newAttestation, newReport, reportKind } from '../../../../electron/core/contract/index.ts';
import { framework } from '../../../../electron/core/contract/attestations.ts';
import { frameworks, reportKinds } from '../any-report.ts';
import { dayOf, type Draft, missingOf, requestOf } from './draft.ts';

const whole: Draft = {
  kind: 'run',
  caseId: 'c',
  runIds: ['r'],
  personId: 'p',
  modelId: 'm',
  framework: 'pipl',
  from: '2026-03-01',
  to: '2026-03-31',
  language: 'zh-CN',
  templateId: 't',
  classification: '  Internal ',
};

it('knows the kinds and frameworks of the contract', () => {
  expect([...reportKinds]).toEqual(reportKind.options);
  expect([...frameworks]).toEqual(framework.options);
});

it.each(reportKinds)('asks for a %s as core takes it', (kind) => {
  const request = requestOf({ ...whole, kind });
  const parsed = request?.of === 'case' ? newReport.parse(request.input) : newAttestation.parse(request?.input);
  expect(parsed).toEqual(request?.input);
  expect(parsed).toMatchObject({ kind, language: 'zh-CN', templateId: 't', classification: 'Internal' });
});

it('says what is missing, and asks for nothing until it is there', () => {
  const bare: Draft = { ...whole, runIds: [], caseId: null, personId: null, modelId: null, from: '2026-04-01', to: '2026-03-31' };
  const missing = reportKinds.map((kind) => [kind, missingOf({ ...bare, kind }), requestOf({ ...bare, kind }) === null]);
  expect(missing).toEqual([
    ['run', 'runs', true],
    ['case', 'case', true],
    ['person', 'person', true],
    ['model', 'model', true],
    ['access', null, false],
    ['compliance', null, false],
    ['egress', 'period', true],
  ]);
  for (const from of ['', '2026-02-30', 'yesterday']) expect(missingOf({ ...whole, kind: 'egress', from })).toBe('period');
});

it('counts both days of a period', () => {
  for (const day of ['2026-03-29', '2026-10-25', '2026-12-31', '2024-02-29']) {
    const input = requestOf({ ...whole, kind: 'egress', from: day, to: day })?.input;
    if (input?.kind !== 'egress') throw new Error('another kind');
    expect(dayOf(input.from)).toBe(day);
    expect(dayOf(input.to - 1)).toBe(day);
    expect(dayOf(input.to)).not.toBe(day);
  }
});
