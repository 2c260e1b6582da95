import { AppError } from '../core/errors.ts';

/**
 * A new password, typed twice on a terminal: nobody can open the vault with one that was mistyped.
 * @throws AppError `cli/passwords-differ`, `cli/no-password`
 */
export async function askNewPassword(): Promise<string> {
  const password = await askPassword('New password: ');
  if (process.env['REDOUBT_PASSWORD'] !== undefined) return password;
  if ((await askPassword('The same again: ')) !== password)
    throw new AppError('cli/passwords-differ', 'The two passwords differ. Nothing was made; start again.');
  return password;
}

/**
 * The password from `REDOUBT_PASSWORD`, else asked for on the terminal without showing it.
 * @throws AppError `cli/no-password` where there is neither
 */
export function askPassword(prompt: string): Promise<string> {
  return askSecret(prompt, 'REDOUBT_PASSWORD');
}

/**
 * A secret from the environment `variable`, else asked for on the terminal without showing it.
 * @throws AppError `cli/no-password` where there is neither
 */
export async function askSecret(prompt: string, variable: string): Promise<string> {
  const given = process.env[variable];
  if (given !== undefined) return given;
  if (!process.stdin.isTTY) throw new AppError('cli/no-password', `Set ${variable}, or run this in a terminal to be asked for it.`);
  process.stderr.write(prompt);
  process.stdin.setRawMode(true).resume().setEncoding('utf8');
  try {
    return await new Promise<string>((resolve, reject) => {
      let typed = '';
      const onData = (keys: string) => {
        for (const key of keys) {
          if (key === '\r' || key === '\n') return finish(() => resolve(typed));
          if (key === '\u0003') return finish(() => reject(new AppError('request/cancelled', 'Cancelled.')));
          typed = key === '\u007f' || key === '\b' ? typed.slice(0, -1) : typed + key;
        }
      };
      const finish = (settle: () => void) => {
        process.stdin.off('data', onData);
        settle();
      };
      process.stdin.on('data', onData);
    });
  } finally {
    process.stdin.setRawMode(false).pause();
    process.stderr.write('\n');
  }
}
