import { AuditLog } from '../../../electron/core/audit/audit-log.ts';
import type { AttackedLog } from './attacked-log.ts';
import type { Mutation } from './structured.ts';

/** An earlier copy of the database put back, as it was or grown otherwise since; with the mark outside it or without. */
export function replayMutations(): Mutation[] {
  const grown = (by: (log: AttackedLog) => number) => (log: AttackedLog) => {
    log.putBack();
    const audit = new AuditLog(log.storage);
    const missing = by(log);
    for (let each = 0; each < missing; each += 1) growOne(log, audit);
  };
  const replays: [what: string, harm: (log: AttackedLog) => void][] = [
    ['as it was', (log) => log.putBack()],
    ['and one entry more', grown(() => 1)],
    ['grown to the same size', grown((log) => log.size - log.olderMark.size)],
    ['grown past it', grown((log) => log.size - log.olderMark.size + 3)],
  ];
  return replays.flatMap(([what, harm]): Mutation[] => [
    { kind: 'replay database', what: `replay database, ${what}`, harm, anchorToo: null, witnessOnly: false },
    {
      kind: 'replay database and anchor',
      what: `replay database and anchor, ${what}`,
      harm,
      anchorToo: () => 'as it is now',
      witnessOnly: true,
    },
  ]);
}

/** By the program itself, as after an honest restart of the earlier copy. */
function growOne(log: AttackedLog, audit: AuditLog): void {
  log.grow(audit, 1, 'eve');
}
