import { ORPCError, os } from '@orpc/server';
import type { ApprovalTicket } from '../approvals/approvals.service.ts';
import { type Actor, actorOf, type AuditedAct, systemActor } from '../audit/act.ts';
import type { Json, ProcedureMeta } from '../contract/base.ts';
import type { Session } from '../contract/identity.ts';
import { AppError, explained, isAbort, isDiskFull } from '../errors.ts';
import { SourceFiles } from '../files/source-files.ts';
import type { Workspace } from '../workspace.ts';
import type { CallContext, HandlerContext } from './context.ts';
import { guardedStream } from './guarded-stream.ts';
import { ResourceAccess } from './resource-access.ts';
import { toRpcError } from './rpc-error.ts';

type InputSchema = { '~standard': { validate(value: unknown): unknown } };

/**
 * The one place every call passes: session, permission, second person, audit, errors, metrics. Validation of input
 * and output follows inside `next`. A call is guarded until its end, not only until it begins.
 */
export const guard = os.$context<CallContext>().middleware(async ({ context, next, path, procedure, signal }, input) => {
  const { meta, inputSchema } = procedure['~orpc'];
  const call = new GuardedCall(context, meta as ProcedureMeta, path.join('.'));
  // A stream that its client never begins to read runs no `finally`.
  signal?.addEventListener('abort', () => call.release(), { once: true });
  try {
    call.authorise();
    call.admit(inputSchema, input);
    const parsed = call.asksApproval ? await parse(inputSchema, input) : null;
    if (parsed) call.approve(parsed.value as Json);
    call.noteReading();
    const result = await next({ context: call.handlerContext() });
    if (isStream(result.output)) return { ...result, output: call.guardStream(result.output) as typeof result.output };
    call.finish();
    await call.durable();
    call.noteTime();
    return result;
  } catch (error) {
    throw call.fail(error);
  }
});

/** What may be called while a new password or a second factor is due, besides what needs no session. */
const always: ReadonlySet<string> = new Set([
  'identity.signOut',
  'identity.activity',
  'identity.changePassword',
  'identity.ownSessions',
  'identity.endOwnSession',
  'policies.get',
  'keys.tokens',
  'keys.setSecondFactor',
  'vault.lock',
]);
/** Codes that say that somebody asked for what is not theirs. */
const refusals: ReadonlySet<string> = new Set(['identity/denied', 'identity/not-signed-in', 'request/not-found', 'cases/no-access']);
/** Milliseconds; password derivation, which is slow on purpose, stays below. */
const slowCallMs = 2_000;

class GuardedCall {
  readonly #context: CallContext;
  readonly #meta: ProcedureMeta;
  readonly #name: string;
  readonly #startedAt = performance.now();
  #session: Session | null = null;
  #workspace: Workspace | null = null;
  #act: AuditedAct | null = null;
  #ticket: ApprovalTicket | null = null;
  #access: ResourceAccess | null = null;
  #revoked = false;
  #left = false;
  #onRevoked: (reason: unknown) => void = () => undefined;
  #unwatch: () => void = () => undefined;

  constructor(context: CallContext, meta: ProcedureMeta, name: string) {
    this.#context = context;
    this.#meta = meta;
    this.#name = name;
  }

  /** Deny first: nothing but `public` passes without a session, nothing but what the session's role grants with one. */
  authorise(): void {
    const { core, connection } = this.#context;
    const { permission } = this.#meta;
    const { workspace } = core;
    this.#session = connection.token && workspace ? workspace.identity.sessions.find(connection.token) : null;
    if (permission === 'public') return;
    if (!workspace) throw locked();
    if (!this.#session) throw notSignedIn();
    if (permission !== 'signed-in' && !this.#session.permissions.includes(permission)) throw denied(permission);
    if (!always.has(this.#name)) workspace.identity.requireReady(this.#session.person);
    if (this.#meta.audit) workspace.identity.sessions.touch(this.#session.token);
    this.#unwatch = workspace.identity.sessions.watch(() => this.#recheck());
  }

  /** Everything that the input names must be of a case in which this person may do this. */
  admit(schema: unknown, input: unknown): void {
    const { workspace } = this.#context.core;
    if (this.#meta.permission === 'public' || !workspace || !this.#session) return;
    this.#access = ResourceAccess.of(schema, this.#meta, input, workspace.cases.scopeOf(this.#session.person), workspace.locate);
  }

  /** Reading content of a classified case is recorded before anything is shown. @throws where it cannot be recorded */
  noteReading(): void {
    const { workspace } = this.#context.core;
    if (!this.#meta.content || !workspace || !this.#session || !this.#access) return;
    const scope = workspace.cases.scopeOf(this.#session.person);
    workspace.classifiedReads.note(actorOf(this.#session.person, this.#session.id), this.#access.named, () => scope.readable);
  }

  get asksApproval(): boolean {
    return this.#meta.approval !== null;
  }

  /** Lets through what needs no second person or has got one, for exactly this input. */
  approve(input: Json): void {
    const { approval } = this.#meta;
    const { workspace } = this.#context.core;
    if (!approval || !workspace || !this.#session) return;
    this.#ticket = workspace.approvals.take({
      call: this.#name,
      class: approval,
      input,
      person: this.#session.person,
      session: this.#session.id,
    });
  }

  /** A public call may find neither workspace nor session; its handler goes through `core` instead. */
  handlerContext(): HandlerContext {
    const { core, connection, stop } = this.#context;
    const files = new SourceFiles(core.uploads, connection.id, connection.paths);
    const session = this.#session;
    const { workspace } = core;
    if (!workspace || !session) return { core, connection, stop, files } as HandlerContext;
    this.#workspace = workspace;
    this.#act = this.#makeAct(workspace, this.#ticket);
    const leave = () => {
      this.#left = true;
      workspace.identity.sessions.end(session.id);
      connection.token = null;
    };
    return {
      core,
      connection,
      stop,
      files,
      workspace,
      session,
      person: session.person,
      act: this.#act,
      scope: workspace.cases.scopeOf(session.person),
      leave,
    };
  }

  /** One that kept a person waiting is logged by its name. */
  noteTime(): void {
    const ms = Math.round(performance.now() - this.#startedAt);
    if (ms >= slowCallMs) this.#context.core.log.info('rpc.slow', { call: this.#name, ms });
  }

  /** A command that says it succeeded and left no leaf is a bug in its handler. Nobody gets the answer whose session has ended meanwhile. */
  finish(): void {
    this.release();
    if (this.#meta.audit && this.#meta.permission !== 'public' && !this.#act?.leaves) throw new Error(`${this.#name} left no audit leaf`);
    this.#checkStill('over');
  }

  /** A change is acknowledged once its mark outside the database is on the disk too, so that its loss would be recognised. */
  async durable(): Promise<void> {
    if (this.#meta.audit) await this.#context.core.workspace?.anchored();
  }

  async *guardStream(stream: AsyncIterable<unknown>): AsyncGenerator {
    try {
      yield* guardedStream(stream, {
        check: () => this.#checkStill('under way'),
        onRevoked: (listener) => void (this.#onRevoked = listener),
      });
      this.finish();
    } catch (error) {
      throw this.fail(error);
    } finally {
      this.release();
    }
  }

  /** Nothing leaves a call once the session it began under has ended, is not this connection's any more or may no longer see it. */
  #checkStill(call: 'under way' | 'over'): void {
    const { core, connection } = this.#context;
    const { permission, audit } = this.#meta;
    if (permission === 'public' || !this.#session || this.#left) return;
    const { token } = this.#session;
    const now = connection.token === token ? core.workspace?.identity.sessions.find(token) : null;
    // Who gave up a right by this very command is told that it was done; but nobody goes on, not with what is half done.
    const done = call === 'over' && audit !== null && (this.#act?.leaves ?? 0) > 0;
    if (now && (done || permission === 'signed-in' || now.permissions.includes(permission))) {
      if (!done) this.#checkAccessStill();
      return;
    }
    this.#revoked = true;
    if (!core.workspace) throw locked();
    throw now && permission !== 'signed-in' ? denied(permission) : notSignedIn();
  }

  #checkAccessStill(): void {
    try {
      this.#access?.check();
    } catch (error) {
      this.#revoked = true;
      throw error;
    }
  }

  /** Ends a call under way, a stream or what a model writes, at the moment its person may have it no longer. */
  #recheck(): void {
    try {
      this.#checkStill('under way');
    } catch (reason) {
      this.#onRevoked(reason);
      this.#context.stop?.abort();
    }
  }

  /** Nobody waits for this call any more. */
  release(): void {
    this.#unwatch();
    this.#ticket?.release();
    this.#ticket = null;
  }

  /** Records a refused or failed command and turns the error into what crosses. */
  fail(thrown: unknown): Error {
    this.release();
    const { core } = this.#context;
    // Whatever breaks because the vault was locked meanwhile is no bug.
    const overtaken = this.#workspace !== null && core.workspace !== this.#workspace && !(thrown instanceof AppError);
    const error = overtaken ? locked() : explained(thrown);
    if (!(error instanceof AppError) && !(error instanceof ORPCError) && !isAbort(error)) core.log.bug(this.#name, error);
    const rpcError = toRpcError(error);
    if (core.workspace && this.#session && !this.#revoked) this.#noteFailure(core.workspace, rpcError.code, isAbort(error));
    return rpcError;
  }

  #noteFailure(workspace: Workspace, code: string, aborted: boolean): void {
    // The request itself is on record.
    if (code === 'approvals/required') return;
    const refused = refusals.has(code);
    const command = this.#meta.audit !== null && this.#meta.permission !== 'public';
    if (!refused && (!command || aborted)) return;
    if (refused) {
      const caseId = this.#access?.caseId ?? null;
      workspace.denials.note({ actor: this.#actor, action: this.#action, call: this.#name, reason: code, caseId });
      return;
    }
    const record = { subject: '', outcome: 'failed', reason: code, details: { call: this.#name } } as const;
    try {
      this.#makeAct(workspace).commit(record, () => undefined);
    } catch (error) {
      // The call has failed already, and why it did is what its caller must hear; on a full disk it has a leaf only where there is room.
      if (!isDiskFull(error)) this.#context.core.log.bug('audit.failed-call', error);
    }
  }

  #makeAct(workspace: Workspace, ticket: ApprovalTicket | null = null): AuditedAct {
    return workspace.act(this.#actor, this.#action, { addition: ticket, caseId: this.#access?.caseId ?? null });
  }

  get #actor(): Actor {
    return this.#session ? actorOf(this.#session.person, this.#session.id) : systemActor;
  }

  get #action(): string {
    return this.#meta.audit ?? this.#name;
  }
}

/** The input with its defaults; null where it is not valid, which the validation that follows says. */
async function parse(schema: InputSchema | undefined, input: unknown): Promise<{ value: unknown } | null> {
  if (!schema) return { value: null };
  const result = (await schema['~standard'].validate(input)) as { value: unknown } | { issues: unknown };
  return 'issues' in result && result.issues ? null : (result as { value: unknown });
}

function locked(): AppError {
  return new AppError('vault/locked', 'The vault is locked. Unlock it first.');
}

function notSignedIn(): AppError {
  return new AppError('identity/not-signed-in', 'Sign in first.');
}

function denied(permission: string): AppError {
  return new AppError('identity/denied', 'Your role does not allow this. Ask an administrator.', { permission });
}

function isStream(value: unknown): value is AsyncIterable<unknown> {
  return typeof value === 'object' && value !== null && Symbol.asyncIterator in value;
}
