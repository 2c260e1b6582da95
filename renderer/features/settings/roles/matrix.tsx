import { VisuallyHidden } from '@mantine/core';
import { IconCheck, IconMinus } from '@tabler/icons-react';
import { Fragment } from 'react';
import { useTranslation } from 'react-i18next';
import type { Role, RoleMatrix } from '../../../../electron/core/contract/index.ts';
import classes from './roles.module.css';

type Row = RoleMatrix['rows'][number];
type Props = { readonly rows: readonly Row[]; readonly roles: readonly Role[] };

/** The part of Redoubt that a call belongs to: what stands before its dot. */
export function areaOf(call: string): string {
  return call.split('.')[0] ?? '';
}

/** Where the words for a permission stand; a dot would lead deeper. */
export function permissionKey(permission: string): string {
  return `permissions.${permission.replace('.', '-')}`;
}

/** Calls under their areas, one column for each role. */
export function Matrix({ rows, roles }: Props) {
  const { t } = useTranslation(['roles', 'common']);
  const areas = [...new Set(rows.map(({ call }) => areaOf(call)))];
  return (
    <div className={classes['scroll']} role="region" aria-label={t('matrix.title')}>
      <table className={classes['table']}>
        <thead>
          <tr>
            <th scope="col">{t('matrix.call')}</th>
            {roles.map((role) => (
              <th key={role} scope="col">
                {t(`common:roles.${role}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {areas.map((area) => (
            <Fragment key={area}>
              <tr className={classes['area']}>
                <th scope="colgroup" colSpan={roles.length + 1}>
                  {t(`areas.${area}`)}
                </th>
              </tr>
              {rows
                .filter(({ call }) => areaOf(call) === area)
                .map((row) => (
                  <tr key={row.call}>
                    <th scope="row">
                      <span className={classes['call']}>{row.call}</span>
                      <span className={classes['needs']}>{t(permissionKey(row.permission))}</span>
                    </th>
                    {roles.map((role) => (
                      <td key={role}>
                        <Mark allowed={row.allowed.includes(role)} />
                      </td>
                    ))}
                  </tr>
                ))}
            </Fragment>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Mark({ allowed }: { readonly allowed: boolean }) {
  const { t } = useTranslation('roles');
  return (
    <>
      {allowed ? (
        <IconCheck size={16} stroke={2.2} color="var(--rd-accent-text)" aria-hidden />
      ) : (
        <IconMinus size={14} stroke={1.5} className={classes['none']} aria-hidden />
      )}
      <VisuallyHidden>{t(allowed ? 'matrix.yes' : 'matrix.no')}</VisuallyHidden>
    </>
  );
}
