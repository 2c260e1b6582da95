import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { z } from 'zod';
import type { KeychainAnswer, KeychainRequest } from '../core/supervision/messages.ts';
import type { SafeStoragePart } from './electron-parts.ts';

const entries = z.record(z.uuid(), z.base64());

/** True where the system keeps the key itself; Linux without a keyring would encrypt with a key that anyone knows. */
export function keychainAvailable(storage: SafeStoragePart, platform: NodeJS.Platform): boolean {
  if (!storage.isEncryptionAvailable()) return false;
  return platform !== 'linux' || !['basic_text', 'unknown'].includes(storage.getSelectedStorageBackend());
}

/** Answers core's requests: secrets lie in `file`, each encrypted with a key of the operating system's keychain. */
export function answerKeychain(storage: SafeStoragePart, file: string, request: KeychainRequest): KeychainAnswer {
  const { id, operation, secret } = request;
  try {
    const entry = z.uuid().parse(request.entry);
    const held = read(file);
    if (operation === 'get') {
      const found = held[entry];
      const plain = found === undefined ? null : storage.decryptString(Buffer.from(found, 'base64'));
      return { type: 'keychain/answer', id, ok: true, secret: plain };
    }
    const { [entry]: _replaced, ...others } = held;
    const changed =
      operation === 'set' && secret !== null ? { ...others, [entry]: storage.encryptString(secret).toString('base64') } : others;
    writeFileSync(`${file}.new`, `${JSON.stringify(entries.parse(changed))}\n`, { mode: 0o600, flush: true });
    renameSync(`${file}.new`, file);
    return { type: 'keychain/answer', id, ok: true, secret: null };
  } catch {
    return { type: 'keychain/answer', id, ok: false, secret: null };
  }
}

function read(file: string): Record<string, string> {
  try {
    return entries.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return {};
    throw error;
  }
}
