import { contract } from '../contract/index.ts';
import type { ProcedureMeta } from '../contract/base.ts';
import { role, type Role, type RoleMatrix } from '../contract/identity.ts';
import { permissionsOf } from './permissions.ts';

/** Every procedure of the contract and who may call it, read off the contract itself: a new one is there without being listed. */
export function roleMatrix(): RoleMatrix {
  const roles = role.options;
  const rows = procedures(contract, []).map(({ path, meta }) => ({
    call: path.join('.'),
    permission: meta.permission,
    action: meta.audit,
    allowed: roles.filter((each) => isAllowed(each, meta.permission)),
  }));
  return { roles: [...roles], rows };
}

/** The table as text, for reading and for reviewing changes of it. */
export function roleMatrixText({ roles, rows }: RoleMatrix): string {
  const head = ['call', 'permission', 'audit', ...roles.map((each) => shortNames[each])];
  const lines = rows.map(({ call, permission, action, allowed }) => [
    call,
    permission,
    action ?? '·',
    ...roles.map((each) => (allowed.includes(each) ? '■' : '·')),
  ]);
  const widths = head.map((_, column) => Math.max(...[head, ...lines].map((line) => line[column]?.length ?? 0)));
  return `${[head, ...lines]
    .map((line) =>
      line
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n')}\n`;
}

const shortNames: Record<Role, string> = {
  owner: 'owner',
  analyst: 'analyst',
  'model-steward': 'steward',
  viewer: 'viewer',
  'system-administrator': 'system',
  'security-administrator': 'security',
  'audit-administrator': 'audit',
};

function isAllowed(each: Role, permission: ProcedureMeta['permission']): boolean {
  return permission === 'public' || permission === 'signed-in' || permissionsOf(each).includes(permission);
}

function procedures(router: object, path: readonly string[]): { path: readonly string[]; meta: ProcedureMeta }[] {
  if ('~orpc' in router) return [{ path, meta: (router['~orpc'] as { meta: ProcedureMeta }).meta }];
  return Object.entries(router).flatMap(([name, inner]) => procedures(inner as object, [...path, name]));
}
