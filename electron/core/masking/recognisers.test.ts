import { describe, expect, test } from 'vitest';
import { maskValue } from './mask.ts';
import { recognisers } from './registry.ts';
import { scan } from './scan.ts';

describe.each(recognisers.map((recogniser) => [recogniser.type, recogniser] as const))('%s', (type, recogniser) => {
  test.each(recogniser.examples.map((example) => [example.text, example] as const))('finds in %j', (_, example) => {
    expect(scan(example.text).map((finding) => ({ type: finding.type, found: finding.text, masked: maskValue(finding) }))).toEqual([
      { type, found: example.found, masked: example.masked },
    ]);
  });
  test.each(recogniser.counterExamples)('finds nothing in %j', (text) => {
    expect(scan(text, { types: [type] })).toEqual([]);
  });
});
