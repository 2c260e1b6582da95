const userName = /^[\p{L}\p{N}._-]{1,64}$/u;

/** The rule of the contract's `userName`; a test holds them together. */
export function isUserName(value: string): boolean {
  return userName.test(value);
}
