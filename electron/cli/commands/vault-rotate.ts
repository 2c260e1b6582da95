import type { RotationState } from '../../core/contract/vault.ts';
import { AppError, type ErrorCode } from '../../core/errors.ts';
import type { Command, CommandResult } from '../command.ts';

export const vaultRotate: Command = {
  area: 'vault',
  verb: 'rotate',
  usage: '[--state] [--vault DIR]',
  summary:
    'Replace the vault key and wait until it is done, or say with --state when it is due. It can be ended at any time and goes on later.',
  options: { state: { type: 'boolean' } },
  positionals: [0, 0],
  run({ withVault, values, json }) {
    return withVault(async ({ client }) => {
      if (values['state']) return shown(await client.keys.rotation());
      const begun = await client.keys.rotation();
      const { epoch } = begun;
      if (!begun.running) await client.keys.rotate();
      for await (const state of await client.keys.watchRotation()) {
        if (state.problem) throw new AppError(state.problem.code as ErrorCode, state.problem.message);
        if (!json && process.stderr.isTTY) process.stderr.write(`\r${progressOf(state)}\u001B[K`);
        if (!state.running && state.epoch > epoch) return shown(state);
      }
      throw new AppError('vault/closing', 'The vault is being locked. Try again in a moment.');
    });
  },
};

function progressOf({ running }: RotationState): string {
  if (!running) return '';
  return running.stage === 'blobs' ? `files ${running.done} of ${running.total}` : running.stage;
}

function shown(state: RotationState): CommandResult {
  const date = (at: number) => new Date(at).toISOString().slice(0, 10);
  const due = state.dueAt === null ? 'no reminder' : state.due ? `due since ${date(state.dueAt)}` : `next one due ${date(state.dueAt)}`;
  const running = state.running ? `; being replaced now: ${progressOf(state)}` : '';
  return { json: state, text: `Vault key number ${state.epoch}, since ${date(state.lastRotatedAt)}, ${due}${running}.` };
}
