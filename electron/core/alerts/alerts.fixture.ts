import { onTestFinished, expect, vi } from 'vitest';
import { AuditedAct, systemActor, type Actor } from '../audit/act.ts';
import type { Alert, AlertRules } from '../contract/alerts.ts';
import { newAuditLog } from '../testing/audit-log.ts';
import { temporaryFolder } from '../testing/folder.ts';
import { openDatabase } from '../vault/database.ts';
import { migrate } from '../vault/migrations/index.ts';
import { AlertsService } from './alerts.service.ts';
import { defaultRules } from './default-rules.ts';

/** A Wednesday, 10:00 by the machine's zone. */
export const wednesday = new Date(2026, 2, 4, 10).getTime();
export const ada: Actor = { personId: 'p-ada', name: 'ada', session: null, role: 'analyst' };
export const ben: Actor = { personId: 'p-ben', name: 'ben', session: null, role: 'audit-administrator' };

type Further = {
  outcome?: 'denied';
  details?: Record<string, string | number>;
  /** Of the clock that nobody sets; else it follows the other. */ uptime?: number;
};

/** The rules over a log of its own, into which tests leave what they like when they like. */
export async function opened(mode: 'personal' | 'separated' = 'separated', rules: Partial<AlertRules> = {}) {
  const db = openDatabase(`${temporaryFolder()}/vault.db`, Buffer.alloc(32, 3), 'create');
  onTestFinished(() => void db.close());
  migrate(db);
  let uptime = 0;
  const audit = newAuditLog(db, 'v1', { boot: 'boot', uptimeMs: () => uptime });
  const make = (actor: Actor, action: string) => new AuditedAct(db, audit, actor, action);
  const service = () =>
    new AlertsService({
      db,
      systemAct: (action) => make(systemActor, action),
      mode: () => mode,
      entries: (sequences) => audit.search.at(sequences),
      log: { info: () => undefined, bug: (_where: string, error: unknown) => expect.unreachable(String(error)) },
    });
  vi.useFakeTimers({ toFake: ['Date'], now: wednesday });
  onTestFinished(() => void vi.useRealTimers());
  const alerts = service();
  if (Object.keys(rules).length > 0) await alerts.setRules(make(ben, 'alerts.set-rules'), { ...defaultRules(mode), ...rules });
  const leave = (actor: Actor, action: string, at: number, { uptime: ran = Math.max(0, at - wednesday), ...further }: Further = {}) => {
    vi.setSystemTime(at);
    uptime = ran;
    make(actor, action).commit({ subject: 's', ...further }, () => undefined);
  };
  const found = async (): Promise<Alert[]> =>
    (await service().list({ limit: 100 })).alerts.filter(({ person }) => person?.id !== ben.personId);
  return { db, audit, alerts, leave, found, make };
}
