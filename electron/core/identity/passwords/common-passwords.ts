/** The words, names and rows of keys that people take for a password, folded: lower case, without what stands around them. */
const words = [
  'password passwort passwd passw0rd p@ssword p@ssw0rd motdepasse contrasena wachtwoord parola senha kennwort mima wodemima',
  'qwerty qwertyuiop qwertz qwertzuiop azerty asdf asdfgh asdfghjkl zxcvbn zxcvbnm qazwsx qazwsxedc qweasd qweasdzxc 1qaz2wsx',
  'abc abcd abcde abcdef abcdefg abcdefgh aaaa aaaaaaaa abcabc abcd1234 a1b2c3d4 q1w2e3r4 q1w2e3r4t5 1q2w3e4r 1q2w3e4r5t zaq12wsx',
  'letmein welcome welcome1 iloveyou loveyou ihateyou sunshine princess monkey dragon football baseball basketball superman batman',
  'master shadow michael jennifer jordan jessica charlie daniel thomas andrew ashley hunter killer pepper ginger summer winter',
  'spring autumn flower cookie cheese computer internet samsung google facebook linkedin microsoft windows whatever trustno1 starwars',
  'admin administrator root toor guest user test testtest testing default changeme change secret private access login system server',
  'redoubt vault geheim sommer winter herbst hallo hallo123 schatz liebe passwort1 bonjour soleil doudou azertyuiop hola mustang',
  'woaini woaini1314 5201314 1314520 woaini520 nihao nihao123 zhongguo beijing shanghai wangyi taobao tencent qq123456 a123456 a12345678',
  'aa123456 abc123 abc12345 abc123456 asd123 asdf1234 qwe123 qwer1234 zxc123 zxcv1234 pass1234 test1234 admin123 root1234 user1234',
  'freedom nothing money matrix phoenix falcon eagle tiger panther cowboy yankees arsenal chelsea liverpool barcelona realmadrid',
  'january february august september october november december monday tuesday thursday friday saturday sunday',
].flatMap((row) => row.split(' '));
const common: ReadonlySet<string> = new Set(words);

const keyRows = [
  '1234567890',
  '0987654321',
  'abcdefghijklmnopqrstuvwxyz',
  'qwertyuiop',
  'asdfghjkl',
  'zxcvbnm',
  'qwertzuiop',
  'azertyuiop',
];

/**
 * Is this one of the passwords that are tried first: a common word with or without figures and marks around it, one
 * sign repeated, a short group repeated, or a run along the keyboard, the alphabet or the figures?
 */
export function isCommonPassword(password: string): boolean {
  const folded = password.normalize('NFC').toLowerCase();
  const core = folded.replace(/^[\p{N}\p{P}\p{S}\s]+|[\p{N}\p{P}\p{S}\s]+$/gu, '');
  if (common.has(folded) || common.has(core)) return true;
  if (/^(.{1,4})\1+.{0,3}$/u.test(folded)) return true;
  return keyRows.some((row) => `${row}${row}`.includes(folded)) || /^\d+$/.test(folded);
}
