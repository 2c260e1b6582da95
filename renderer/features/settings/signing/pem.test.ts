import { expect, it } from 'vitest';
import { pemOf } from './pem.ts';

it('writes DER as PEM and leaves text alone', async () => {
  const der = new Uint8Array(100).fill(7).with(0, 0x30);
  const pem = await pemOf(new Blob([der]));
  expect(pem.split('\n')).toEqual([
    '-----BEGIN CERTIFICATE-----',
    expect.stringMatching(/^.{64}$/),
    expect.stringMatching(/^.{64}$/),
    expect.stringMatching(/^.{8}$/),
    '-----END CERTIFICATE-----',
    '',
  ]);
  expect(Buffer.from(pem.split('\n').slice(1, 4).join(''), 'base64')).toEqual(Buffer.from(der));
  expect(await pemOf(new Blob([pem]))).toBe(pem);
});
