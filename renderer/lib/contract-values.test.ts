import fc from 'fast-check';
import { expect, it } from 'vitest';
import { classification, minimumPasswordLength, role, uploadChunkBytes, userName } from '../../electron/core/contract/index.ts';
import { rolesOf } from '../features/settings/people/roles.ts';
import { minimumLength, strengthOf } from '../features/vault/password/strength.ts';
import { isUserName } from '../features/vault/password/user-name.ts';
import { classifications } from './classifications.ts';
import { chunkBytes } from './upload.ts';

it('repeats the values of the contract exactly', () => {
  expect(classifications).toEqual(classification.options);
  expect([...new Set([...rolesOf('personal'), ...rolesOf('separated')])].toSorted()).toEqual(role.options.toSorted());
  expect({ chunkBytes, minimumLength }).toEqual({ chunkBytes: uploadChunkBytes, minimumLength: minimumPasswordLength });
  fc.assert(fc.property(fc.string({ unit: 'grapheme', maxLength: 70 }), (name) => isUserName(name) === userName.safeParse(name).success));
});

it('tells a weak password from a strong one', () => {
  expect(['abc', 'aaaaaaaaaaaa', 'abcdefghij', 'hello worl', 'correct horse battery', '我的保险库密码很长很难猜'].map(strengthOf)).toEqual([
    'short',
    'weak',
    'weak',
    'fair',
    'strong',
    'strong',
  ]);
});
