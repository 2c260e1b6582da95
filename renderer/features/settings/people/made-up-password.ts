/** Without characters that are mistaken for each other on paper. */
const alphabet = 'abcdefghjkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789';
const kinds = [/[a-z]/, /[A-Z]/, /[2-9]/];
const groupLength = 5;
const leastGroups = 3;

/** A random password of all kinds of characters in groups of five (5.8 bits a character), at least as long as asked. */
export function madeUpPassword(minimumLength: number): string {
  const groups = Math.max(leastGroups, Math.ceil((minimumLength + 1) / (groupLength + 1)));
  for (;;) {
    const characters = Array.from({ length: groups * groupLength }, () => alphabet.charAt(below(alphabet.length)));
    if (!kinds.every((kind) => characters.some((character) => kind.test(character)))) continue;
    return Array.from({ length: groups }, (_, group) => characters.slice(group * groupLength, (group + 1) * groupLength).join('')).join(
      '-',
    );
  }
}

/** A uniform number from 0 to `limit` - 1 (at most 255); values that would favour some are thrown away. */
function below(limit: number): number {
  const [value = 0] = crypto.getRandomValues(new Uint8Array(1));
  return value < 256 - (256 % limit) ? value % limit : below(limit);
}
