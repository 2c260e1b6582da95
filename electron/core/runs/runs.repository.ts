import type { Statement } from 'better-sqlite3';
import type { FlowDocument } from '../contract/flows.ts';
import type { RunSummary } from '../contract/runs.ts';
import type { WritableDb } from '../vault/database.ts';
import { necessarily } from '../vault/space/room.ts';
import { runColumns, toSummary, type ItemRow, type RunRow, type StepRow } from './run-rows.ts';

export type NewRun = {
  readonly id: string;
  readonly caseId: string;
  readonly flowId: string;
  readonly flowName: string;
  readonly flowVersion: number;
  readonly document: FlowDocument;
  readonly documents: readonly { readonly id: string; readonly name: string }[];
  readonly startedAt: number;
  readonly startedBy: string;
  readonly idempotencyKey: string | null;
};
export type RunFilter = {
  readonly caseIds: readonly string[];
  readonly flowId?: string | undefined;
  readonly offset: number;
  readonly limit: number;
};
type Failure = { readonly code: string; readonly message: string };

/** Without the hint SQLite reads all items of the run, which makes a batch quadratic. */
const itemsByState = 'SELECT * FROM run_items INDEXED BY run_items_by_state WHERE run_id = ? AND state =';

/** Runs and their items. Writing methods are called inside a transaction. */
export class RunsRepository {
  readonly #db: WritableDb;
  readonly #statements = new Map<string, Statement>();

  constructor(db: WritableDb) {
    this.#db = db;
  }

  transaction<T>(work: () => T): T {
    return this.#db.transaction(work).immediate();
  }

  /** A transaction that ends or releases something: on a full disk too. */
  necessarily<T>(work: () => T): T {
    return necessarily(this.#db, () => this.transaction(work));
  }

  add(run: NewRun): void {
    this.#sql(
      `INSERT INTO runs (id, case_id, flow_id, flow_name, flow_version, state, item_count, started_at, started_by, idempotency_key)
       VALUES (@id, @caseId, @flowId, @flowName, @flowVersion, 'queued', @itemCount, @startedAt, @startedBy, @idempotencyKey)`,
    ).run({
      id: run.id,
      caseId: run.caseId,
      flowId: run.flowId,
      flowName: run.flowName,
      flowVersion: run.flowVersion,
      itemCount: run.documents.length,
      startedAt: run.startedAt,
      startedBy: run.startedBy,
      idempotencyKey: run.idempotencyKey,
    });
    this.#sql('INSERT INTO run_flows (run_id, document) VALUES (?, ?)').run(run.id, JSON.stringify(run.document));
    const insert = this.#sql(`INSERT INTO run_items (run_id, position, document_id, document_name, state) VALUES (?, ?, ?, ?, 'queued')`);
    for (const [position, document] of run.documents.entries()) insert.run(run.id, position, document.id, document.name);
  }

  summary(id: string): RunSummary | null {
    const row = this.#sql(`SELECT ${runColumns} FROM runs WHERE id = ?`).get(id) as RunRow | undefined;
    return row ? toSummary(row) : null;
  }

  idByKey(caseId: string, idempotencyKey: string): string | null {
    return (
      (this.#sql('SELECT id FROM runs WHERE case_id = ? AND idempotency_key = ?').get(caseId, idempotencyKey) as { id: string } | undefined)
        ?.id ?? null
    );
  }

  flowOf(id: string): FlowDocument | null {
    const row = this.#sql('SELECT document FROM run_flows WHERE run_id = ?').get(id) as { document: string } | undefined;
    return row ? (JSON.parse(row.document) as FlowDocument) : null;
  }

  list(filter: RunFilter): { runs: RunSummary[]; total: number } {
    const flow = { cases: JSON.stringify(filter.caseIds), ...(filter.flowId === undefined ? {} : { flowId: filter.flowId }) };
    const where = `WHERE case_id IN (SELECT value FROM json_each(@cases)) ${filter.flowId === undefined ? '' : 'AND flow_id = @flowId'}`;
    const rows = this.#sql(`SELECT ${runColumns} FROM runs ${where} ORDER BY started_at DESC, rowid DESC LIMIT @limit OFFSET @offset`).all({
      ...flow,
      limit: filter.limit,
      offset: filter.offset,
    }) as RunRow[];
    const { total } = this.#sql(`SELECT count(*) AS total FROM runs ${where}`).get(flow) as { total: number };
    return { runs: rows.map(toSummary), total };
  }

  /** Oldest first. */
  unfinished(): RunSummary[] {
    return (
      this.#sql(`SELECT ${runColumns} FROM runs WHERE state IN ('queued', 'running') ORDER BY started_at, rowid`).all() as RunRow[]
    ).map(toSummary);
  }

  item(runId: string, position: number): ItemRow | null {
    return (this.#sql('SELECT * FROM run_items WHERE run_id = ? AND position = ?').get(runId, position) as ItemRow | undefined) ?? null;
  }

  items(runId: string): ItemRow[] {
    return this.#sql('SELECT * FROM run_items WHERE run_id = ? ORDER BY position').all(runId) as ItemRow[];
  }

  runningItems(runId: string): ItemRow[] {
    return this.#sql(`${itemsByState} 'running' ORDER BY position`).all(runId) as ItemRow[];
  }

  /** First item that waits. */
  nextQueued(runId: string): ItemRow | null {
    return (this.#sql(`${itemsByState} 'queued' ORDER BY position LIMIT 1`).get(runId) as ItemRow | undefined) ?? null;
  }

  beginItem(runId: string, position: number): void {
    this.#sql(`UPDATE run_items SET state = 'running' WHERE run_id = ? AND position = ?`).run(runId, position);
    this.#sql(`UPDATE runs SET state = 'running' WHERE id = ? AND state = 'queued'`).run(runId);
  }

  finishItem(runId: string, position: number, state: 'succeeded' | 'failed', error: Failure | null, result: string | null): void {
    this.#sql('UPDATE run_items SET state = ?, error_code = ?, error_message = ?, result = ? WHERE run_id = ? AND position = ?').run(
      state,
      error?.code ?? null,
      error?.message ?? null,
      result,
      runId,
      position,
    );
    const column = state === 'succeeded' ? 'items_succeeded' : 'items_failed';
    this.#sql(`UPDATE runs SET ${column} = ${column} + 1 WHERE id = ?`).run(runId);
  }

  finishRun(runId: string, state: 'succeeded' | 'failed', error: Failure | null): void {
    this.#sql('UPDATE runs SET state = ?, finished_at = ?, error_code = ?, error_message = ? WHERE id = ?').run(
      state,
      Date.now(),
      error?.code ?? null,
      error?.message ?? null,
      runId,
    );
  }

  cancel(runId: string): void {
    const now = Date.now();
    this.#sql(`UPDATE run_steps SET state = 'cancelled', finished_at = ? WHERE run_id = ? AND state = 'running'`).run(now, runId);
    this.#sql(`UPDATE run_items SET state = 'cancelled' WHERE run_id = ? AND state IN ('queued', 'running')`).run(runId);
    this.#sql(`UPDATE runs SET state = 'cancelled', finished_at = ? WHERE id = ?`).run(now, runId);
  }

  /** Puts failed and cancelled items back in the queue; their finished steps stay. */
  requeue(runId: string): void {
    this.#sql(`UPDATE run_steps SET state = 'pending', interruptions = 0 WHERE run_id = ? AND state IN ('failed', 'cancelled')`).run(runId);
    this.#sql(
      `UPDATE run_items SET state = 'queued', error_code = NULL, error_message = NULL WHERE run_id = ? AND state IN ('failed', 'cancelled')`,
    ).run(runId);
    this.#sql(
      `UPDATE runs SET state = 'queued', items_failed = 0, finished_at = NULL, error_code = NULL, error_message = NULL WHERE id = ?`,
    ).run(runId);
  }

  /** What was under way when the work was broken off (of one case, or all) waits again; the interrupted steps count it. */
  releaseInterrupted(caseId: string | null = null): void {
    const unfinished = `runs.state IN ('queued', 'running') AND (@caseId IS NULL OR runs.case_id = @caseId)`;
    this.#sql(`UPDATE run_steps SET state = 'pending', interruptions = interruptions + 1
      WHERE (run_id, item) IN (SELECT run_id, position FROM run_items JOIN runs ON runs.id = run_id WHERE ${unfinished} AND run_items.state = 'running') AND state = 'running'`).run(
      {
        caseId,
      },
    );
    this.#sql(`UPDATE run_items SET state = 'queued' WHERE state = 'running' AND run_id IN (SELECT id FROM runs WHERE ${unfinished})`).run({
      caseId,
    });
  }

  step(runId: string, item: number, nodeId: string): StepRow | null {
    return (
      (this.#sql('SELECT * FROM run_steps WHERE run_id = ? AND item = ? AND node_id = ?').get(runId, item, nodeId) as
        | StepRow
        | undefined) ?? null
    );
  }

  stepsOfItem(runId: string, item: number): StepRow[] {
    return this.#sql('SELECT * FROM run_steps WHERE run_id = ? AND item = ? ORDER BY place').all(runId, item) as StepRow[];
  }

  steps(runId: string): StepRow[] {
    return this.#sql('SELECT * FROM run_steps WHERE run_id = ? ORDER BY item, place').all(runId) as StepRow[];
  }

  /** Starts an attempt of a step; attempts count up over resumes and restarts. */
  beginStep(runId: string, item: number, step: { nodeId: string; nodeType: string; place: number }): void {
    this.#sql(
      `INSERT INTO run_steps (run_id, item, node_id, node_type, place, state, attempt, started_at) VALUES (@runId, @item, @nodeId, @nodeType, @place, 'running', 1, @now)
       ON CONFLICT (run_id, item, node_id) DO UPDATE SET state = 'running', attempt = attempt + 1, started_at = @now, finished_at = NULL, error_code = NULL, error_message = NULL`,
    ).run({ runId, item, ...step, now: Date.now() });
  }

  finishStep(
    runId: string,
    item: number,
    nodeId: string,
    outcome: {
      state: 'succeeded' | 'failed' | 'skipped';
      outputs: string | null;
      error: Failure | null;
      tokens: number | null;
      model: string | null;
    },
  ): void {
    const { state, outputs, error, tokens, model } = outcome;
    this.#sql(
      `UPDATE run_steps SET state = ?, finished_at = ?, outputs = ?, error_code = ?, error_message = ?, tokens = ?, model = ? WHERE run_id = ? AND item = ? AND node_id = ?`,
    ).run(state, Date.now(), outputs, error?.code ?? null, error?.message ?? null, tokens, model, runId, item, nodeId);
  }

  noteBlobs(runId: string, blobs: readonly string[]): void {
    for (const blob of blobs) this.#sql('INSERT OR IGNORE INTO run_blobs (blob_id, run_id) VALUES (?, ?)').run(blob, runId);
  }

  refersTo(blob: string): boolean {
    return this.#sql('SELECT 1 FROM run_blobs WHERE blob_id = ? LIMIT 1').get(blob) !== undefined;
  }

  idsOf(caseId: string): string[] {
    return (this.#sql('SELECT id FROM runs WHERE case_id = ?').all(caseId) as { id: string }[]).map(({ id }) => id);
  }

  blobsOf(caseId: string): string[] {
    const rows = this.#sql('SELECT blob_id FROM run_blobs JOIN runs ON runs.id = run_id WHERE case_id = ?').all(caseId);
    return (rows as { blob_id: string }[]).map(({ blob_id }) => blob_id);
  }

  /** Unfinished runs by state. */
  counts(): { running: number; queued: number } {
    const rows = this.#sql(`SELECT state, count(*) AS count FROM runs WHERE state IN ('queued', 'running') GROUP BY state`).all() as {
      state: string;
      count: number;
    }[];
    const of = (state: string) => rows.find((row) => row.state === state)?.count ?? 0;
    return { running: of('running'), queued: of('queued') };
  }

  #sql(text: string): Statement {
    let statement = this.#statements.get(text);
    if (!statement) {
      statement = this.#db.prepare(text);
      this.#statements.set(text, statement);
    }
    return statement;
  }
}
