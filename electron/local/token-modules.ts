import { existsSync } from 'node:fs';
import { delimiter } from 'node:path';

/** Where the libraries of common tokens, OpenSC and SoftHSM lie. */
const known: Partial<Record<NodeJS.Platform, readonly string[]>> = {
  linux: [
    '/usr/lib/x86_64-linux-gnu/opensc-pkcs11.so',
    '/usr/lib/aarch64-linux-gnu/opensc-pkcs11.so',
    '/usr/lib64/pkcs11/opensc-pkcs11.so',
    '/usr/lib/softhsm/libsofthsm2.so',
    '/usr/lib64/pkcs11/libsofthsm2.so',
    '/usr/lib/x86_64-linux-gnu/libykcs11.so.2',
    '/usr/lib/libeToken.so',
    '/opt/cryptoki/libcastle.so',
  ],
  darwin: ['/Library/OpenSC/lib/opensc-pkcs11.so', '/opt/homebrew/lib/softhsm/libsofthsm2.so', '/usr/local/lib/libeTPkcs11.dylib'],
  win32: [
    String.raw`C:\Program Files\OpenSC Project\OpenSC\pkcs11\opensc-pkcs11.dll`,
    String.raw`C:\SoftHSM2\lib\softhsm2-x64.dll`,
    String.raw`C:\Windows\System32\eTPKCS11.dll`,
    String.raw`C:\Program Files\Yubico\Yubico PIV Tool\bin\libykcs11.dll`,
  ],
};

/**
 * The PKCS#11 libraries a host lets core load: those `REDOUBT_PKCS11_MODULES` names, else the known ones that are
 * installed. A vault file never names one: whoever could change it would choose the code that sees the key.
 */
export function tokenModules(environment: NodeJS.ProcessEnv = process.env): string[] {
  const named = environment['REDOUBT_PKCS11_MODULES'];
  const paths = named === undefined ? (known[process.platform] ?? []) : named.split(delimiter).filter((path) => path !== '');
  return paths.filter((path) => existsSync(path));
}
