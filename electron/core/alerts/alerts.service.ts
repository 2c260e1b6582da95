import { setImmediate as nextTurn, setTimeout as pause } from 'node:timers/promises';
import type { Act, SystemActs } from '../audit/act.ts';
import { readLeaf } from '../audit/leaf.ts';
import type { Alert, AlertRules } from '../contract/alerts.ts';
import type { AuditEntry } from '../contract/audit.ts';
import { AppError, isAbort, isDiskFull } from '../errors.ts';
import type { Log } from '../log.ts';
import type { WritableDb } from '../vault/database.ts';
import { AlertsRepository } from './alerts.repository.ts';
import { defaultRules } from './default-rules.ts';
import { bulkExport } from './detectors/bulk-export.ts';
import { dormantAccount } from './detectors/dormant-account.ts';
import { newDevice } from './detectors/new-device.ts';
import { offHours } from './detectors/off-hours.ts';
import { repeatedDenials } from './detectors/repeated-denials.ts';
import { unusualVolume } from './detectors/unusual-volume.ts';
import type { Detector, SeenLeaf } from './finding.ts';

export type AlertsDeps = {
  readonly db: WritableDb;
  readonly systemAct: SystemActs;
  readonly mode: () => 'personal' | 'separated';
  readonly entries: (sequences: readonly number[]) => AuditEntry[];
  readonly log: Log;
};

type AlertFilter = { state?: Alert['state'] | undefined; before?: number | undefined; limit: number };

const detectors: readonly Detector[] = [bulkExport, offHours, newDevice, repeatedDenials, unusualVolume, dormantAccount];

/** Leaves looked at before others get their turn. */
const batch = 25;
/** So often it looks for new leaves, and so long it rests between two batches, ms. */
const lookMs = 5_000;
const restMs = 10;
/** So many new leaves are looked at by whoever asks for the alerts. */
const caughtUpAtOnce = 1_000;

/**
 * Looks for what is unusual in the audit log, by rules that a person can read and tune, and raises alerts with the
 * entries that show it. What it remembers of people are counts, times and machines; nothing leaves the vault.
 */
export class AlertsService {
  readonly #deps: AlertsDeps;
  readonly #alerts: AlertsRepository;
  readonly #closed = new AbortController();
  #work: Promise<void> = Promise.resolve();

  constructor(deps: AlertsDeps) {
    this.#deps = deps;
    this.#alerts = new AlertsRepository(deps.db);
  }

  /** With what was done until now, unless that is very much. */
  async list(filter: AlertFilter): Promise<{ alerts: Alert[]; open: number }> {
    try {
      await this.#catchUp(caughtUpAtOnce);
    } catch (error) {
      // What there is can be seen on a full disk, too.
      if (!isDiskFull(error)) throw error;
    }
    return { alerts: this.known(filter), open: this.#alerts.open() };
  }

  /** Those that were raised so far. */
  known(filter: AlertFilter): Alert[] {
    return this.#alerts.list(filter);
  }

  /** @throws AppError `alerts/not-found` */
  get(id: string): { alert: Alert; entries: AuditEntry[] } {
    const alert = this.#find(id);
    return { alert, entries: this.#deps.entries(alert.evidence) };
  }

  /** @throws AppError `alerts/not-found`, `alerts/own` where the alert is about who decides and somebody else could */
  decide(act: Act, { id, verdict, note }: { id: string; verdict: 'expected' | 'incident'; note: string }): Alert {
    const alert = this.#find(id);
    if (alert.person && alert.person.id === act.actor.personId && this.#deps.mode() === 'separated')
      throw new AppError('alerts/own', 'This alert is about you, so somebody else must look into it. Nothing was changed.', { id });
    const details = { rule: alert.facts.rule, verdict, before: alert.state };
    act.commit({ subject: id, details }, () => this.#alerts.decide(id, verdict, act.actor.name, Date.now(), note));
    return this.#find(id);
  }

  rules(): { rules: AlertRules; changed: { by: string; at: number } | null } {
    return this.#alerts.rules() ?? { rules: defaultRules(this.#deps.mode()), changed: null };
  }

  async setRules(act: Act, rules: AlertRules): Promise<ReturnType<AlertsService['rules']>> {
    // What was done until now is judged by the rules of until now.
    await this.#catchUp(Number.POSITIVE_INFINITY);
    const before = this.rules().rules;
    act.commit({ subject: '', details: { before, after: rules } }, () => this.#alerts.setRules(rules, act.actor.name, Date.now()));
    return this.rules();
  }

  start(): void {
    this.#work = this.#follow().catch((error: unknown) => {
      if (!isAbort(error)) this.#deps.log.bug('alerts', error);
    });
  }

  async close(): Promise<void> {
    this.#closed.abort();
    await this.#work;
  }

  async #follow(): Promise<void> {
    const { signal } = this.#closed;
    for (;;) {
      let more = false;
      try {
        more = this.#look(batch);
      } catch (error) {
        // It goes on where it stopped once there is room.
        if (!isDiskFull(error)) throw error;
      }
      await pause(more ? restMs : lookMs, undefined, { signal, ref: false });
    }
  }

  /** Looks at about `most` leaves, others getting their turn in between; nothing comes between the last look and what follows. */
  async #catchUp(most: number): Promise<void> {
    for (let left = most; left > 0 && this.#look(batch); left -= batch) {
      await nextTurn();
      this.#closed.signal.throwIfAborted();
    }
  }

  /** True where there may be more. */
  #look(limit: number): boolean {
    const from = this.#alerts.edge();
    const rows = this.#alerts.leavesFrom(from, limit);
    const last = rows.at(-1);
    if (!last) return false;
    const { rules } = this.rules();
    const { db } = this.#deps;
    db.transaction(() => {
      for (const { canonical } of rows) if (canonical !== null) this.#see(canonical, rules);
      this.#alerts.setEdge(last.sequence + 1);
    }).immediate();
    return rows.length === limit;
  }

  #see(canonical: string, rules: AlertRules): void {
    const leaf = readLeaf(canonical);
    // What is none was put there by somebody else: the check of the log names it, and the rest is looked at.
    if (!leaf) return;
    // The application does nothing by itself that is anybody's act, but a try under a name that is nobody's.
    if (leaf.actorId === null && leaf.outcome !== 'denied') return;
    const seen: SeenLeaf = { ...leaf, personId: leaf.actorId ?? '' };
    for (const detector of detectors) {
      const finding = detector(seen, rules, this.#deps.db);
      const raised = finding && this.#alerts.put(finding, seen);
      if (!raised) continue;
      const details = { rule: finding.facts.rule, severity: finding.severity, person: seen.personId, entries: finding.evidence.length };
      this.#deps.systemAct('alerts.raise').commit({ subject: raised, details }, () => undefined);
    }
  }

  #find(id: string): Alert {
    const alert = this.#alerts.find(id);
    if (!alert) throw new AppError('alerts/not-found', 'There is no such alert in this vault.', { id });
    return alert;
  }
}
