import { createPrivateKey, createPublicKey, diffieHellman, generateKeyPairSync, hkdfSync, type KeyObject } from 'node:crypto';
import { unwrap, wrap } from './gcm.ts';

/** What precedes the 32 raw bytes of an X25519 key in PKCS#8 and in SubjectPublicKeyInfo (RFC 8410). */
const privatePrefix = Buffer.from('302e020100300506032b656e04220420', 'hex');
const publicPrefix = Buffer.from('302a300506032b656e032100', 'hex');

/** An X25519 key pair as raw 32-byte keys. The caller wipes the private one. */
export function newKeyPair(): { publicKey: Buffer; privateKey: Buffer } {
  const pair = generateKeyPairSync('x25519');
  return { publicKey: rawPublic(pair.publicKey), privateKey: rawPrivate(pair.privateKey) };
}

/**
 * Seals `secret` to a public key, so that it takes no secret to seal: an ephemeral X25519 agreement, HKDF-SHA-256 over
 * both public keys, AES-256-GCM bound to `context`. The answer is `<ephemeral public key>.<wrapped>`, both base64.
 */
export function seal(publicKey: Uint8Array, secret: Uint8Array, context: string): string {
  const ephemeral = generateKeyPairSync('x25519');
  const from = rawPublic(ephemeral.publicKey);
  const key = agreedKey(ephemeral.privateKey, importPublic(publicKey), from, publicKey);
  try {
    return `${from.toString('base64')}.${wrap(key, secret, context)}`;
  } finally {
    key.fill(0);
  }
}

/** Opens what `seal` made; the caller wipes the answer. Throws where anything differs. */
export function unseal(privateKey: Uint8Array, publicKey: Uint8Array, sealed: string, context: string): Buffer {
  const [from = '', wrapped = '', ...rest] = sealed.split('.');
  const sender = Buffer.from(from, 'base64');
  if (rest.length > 0 || sender.length !== 32 || sender.toString('base64') !== from) throw new Error('not a sealed key');
  const key = agreedKey(importPrivate(privateKey), importPublic(sender), sender, publicKey);
  try {
    return unwrap(key, wrapped, context);
  } finally {
    key.fill(0);
  }
}

function agreedKey(privateKey: KeyObject, publicKey: KeyObject, from: Uint8Array, to: Uint8Array): Buffer {
  const shared = diffieHellman({ privateKey, publicKey });
  try {
    return Buffer.from(hkdfSync('sha256', shared, Buffer.concat([from, to]), 'redoubt/2/seal', 32));
  } finally {
    shared.fill(0);
  }
}

function importPrivate(raw: Uint8Array): KeyObject {
  const der = Buffer.concat([privatePrefix, raw]);
  try {
    return createPrivateKey({ key: der, format: 'der', type: 'pkcs8' });
  } finally {
    der.fill(0);
  }
}

function importPublic(raw: Uint8Array): KeyObject {
  return createPublicKey({ key: Buffer.concat([publicPrefix, raw]), format: 'der', type: 'spki' });
}

function rawPrivate(key: KeyObject): Buffer {
  const der = key.export({ format: 'der', type: 'pkcs8' });
  const raw = Buffer.from(der.subarray(-32));
  der.fill(0);
  return raw;
}

function rawPublic(key: KeyObject): Buffer {
  return Buffer.from(key.export({ format: 'der', type: 'spki' }).subarray(-32));
}
