import { ORPCError, os } from '@orpc/server';
import { type AuditedAct, systemActor } from '../audit/act.ts';
import type { ProcedureMeta } from '../contract/base.ts';
import type { Session } from '../contract/identity.ts';
import { AppError, explained, isAbort } from '../errors.ts';
import { SourceFiles } from '../files/source-files.ts';
import type { Workspace } from '../workspace.ts';
import type { CallContext, HandlerContext } from './context.ts';
import { toRpcError } from './rpc-error.ts';

/**
 * The one place every call passes: session, permission, audit, errors, metrics. Validation of input and output
 * follows inside `next`. A stream is guarded until its end, not only until it begins.
 */
export const guard = os.$context<CallContext>().middleware(async ({ context, next, path, procedure }) => {
  const meta = procedure['~orpc'].meta as ProcedureMeta;
  const call = new GuardedCall(context, meta, path.join('.'));
  try {
    call.authorise();
    const result = await next({ context: call.handlerContext() });
    if (isStream(result.output)) return { ...result, output: call.guardStream(result.output) as typeof result.output };
    call.finish();
    call.noteTime();
    return result;
  } catch (error) {
    throw call.fail(error);
  }
});

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
  #revoked = false;

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
    if (!this.#session) throw new AppError('identity/not-signed-in', 'Sign in first.');
    if (permission !== 'signed-in' && !this.#session.permissions.includes(permission))
      throw new AppError('identity/denied', 'Your role does not allow this. Ask an administrator.', { permission });
  }

  /** A public call may find neither workspace nor session; its handler goes through `core` instead. */
  handlerContext(): HandlerContext {
    const { core, connection } = this.#context;
    const files = new SourceFiles(core.uploads, connection.id, connection.paths);
    const session = this.#session;
    const { workspace } = core;
    if (!workspace || !session) return { core, connection, files } as HandlerContext;
    this.#workspace = workspace;
    this.#act = this.#makeAct(workspace);
    return { core, connection, files, workspace, session, person: session.person, act: this.#act };
  }

  /** One that kept a person waiting is logged by its name. */
  noteTime(): void {
    const ms = Math.round(performance.now() - this.#startedAt);
    if (ms >= slowCallMs) this.#context.core.log.info('rpc.slow', { call: this.#name, ms });
  }

  /** A command that says it succeeded and left no leaf is a bug in its handler. */
  finish(): void {
    if (this.#meta.audit && this.#meta.permission !== 'public' && !this.#act?.leaves) throw new Error(`${this.#name} left no audit leaf`);
  }

  async *guardStream(stream: AsyncIterable<unknown>): AsyncGenerator {
    try {
      for await (const value of stream) {
        this.#checkStill();
        yield value;
      }
      this.finish();
    } catch (error) {
      throw this.fail(error);
    }
  }

  /** Nothing leaves a stream once the session it began under has ended, is not this connection's any more or may no longer see it. */
  #checkStill(): void {
    const { core, connection } = this.#context;
    const { permission } = this.#meta;
    if (permission === 'public' || !this.#session) return;
    const { token } = this.#session;
    const now = connection.token === token ? core.workspace?.identity.sessions.find(token) : null;
    if (now && (permission === 'signed-in' || now.permissions.includes(permission))) return;
    this.#revoked = true;
    throw core.workspace ? new AppError('identity/not-signed-in', 'Sign in first.') : locked();
  }

  /** Records a refused or failed command and turns the error into what crosses. */
  fail(thrown: unknown): Error {
    const { core } = this.#context;
    // Whatever breaks because the vault was locked meanwhile is no bug.
    const overtaken = this.#workspace !== null && core.workspace !== this.#workspace && !(thrown instanceof AppError);
    const error = overtaken ? locked() : explained(thrown);
    if (!(error instanceof AppError) && !(error instanceof ORPCError) && !isAbort(error)) core.log.bug(this.#name, error);
    const rpcError = toRpcError(error);
    const denied = rpcError.code === 'identity/denied' || rpcError.code === 'identity/not-signed-in';
    const command = this.#meta.audit !== null && this.#meta.permission !== 'public';
    if (core.workspace && this.#session && !this.#revoked && (denied || (command && !isAbort(error)))) {
      const act = this.#makeAct(core.workspace);
      act.commit(
        { subject: '', outcome: denied ? 'denied' : 'failed', details: { call: this.#name, code: rpcError.code } },
        () => undefined,
      );
    }
    return rpcError;
  }

  #makeAct(workspace: Workspace): AuditedAct {
    const person = this.#session?.person;
    const actor = person ? { personId: person.id, name: person.userName } : systemActor;
    return workspace.act(actor, this.#meta.audit ?? this.#name);
  }
}

function locked(): AppError {
  return new AppError('vault/locked', 'The vault is locked. Unlock it first.');
}

function isStream(value: unknown): value is AsyncIterable<unknown> {
  return typeof value === 'object' && value !== null && Symbol.asyncIterator in value;
}
