const plain = /^[A-Za-z0-9._@-]$/;

/**
 * A value inside an LDAP search filter (RFC 4515, section 3): every ASCII character that could have a meaning as `\xx`.
 * What is not ASCII has none and stays as it is, since the library takes `\xx` for a character and not for a byte of UTF-8.
 */
export function escapeFilterValue(value: string): string {
  return [...value.normalize('NFC')].map((character) => (plain.test(character) ? character : escaped(character))).join('');
}

function escaped(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  return code < 0x80 ? `\\${code.toString(16).padStart(2, '0')}` : character;
}
