import { ORPCError, ValidationError } from '@orpc/server';
import { toErrorShape } from '../errors.ts';

/** Every error crosses as `{ code, message, data }`; the page switches on `code`. */
export function toRpcError(error: unknown): ORPCError<string, unknown> {
  if (error instanceof ORPCError) {
    const { cause } = error;
    if (error.code !== 'BAD_REQUEST' || !(cause instanceof ValidationError)) return error;
    const where = cause.issues.slice(0, 5).map((issue) => `${path(issue.path)}: ${issue.message}`);
    return new ORPCError('request/invalid', {
      status: 400,
      message: `The request is not valid. ${where.join('; ')}`,
      data: { issues: where },
    });
  }
  const { code, message, details } = toErrorShape(error);
  return new ORPCError(code, { status: code === 'internal/bug' ? 500 : 400, message, data: details });
}

function path(segments: readonly unknown[] | undefined): string {
  const names = (segments ?? []).map((segment) =>
    String(typeof segment === 'object' && segment !== null && 'key' in segment ? segment.key : segment),
  );
  return names.join('.') || 'input';
}
