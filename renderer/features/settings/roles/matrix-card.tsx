import { CloseButton, Group, Select, Text, TextInput } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Role, RoleMatrix } from '../../../../electron/core/contract/index.ts';
import { client } from '../../../lib/client.ts';
import { formatNumber } from '../../../lib/format.ts';
import { policiesQuery } from '../../../lib/policies.ts';
import { useSession } from '../../../lib/session.ts';
import { ErrorState } from '../../../ui/error-state.tsx';
import { Loading } from '../../../ui/loading.tsx';
import { rolesOf } from '../people/roles.ts';
import { SettingsCard } from '../settings-section.tsx';
import { areaOf, Matrix, permissionKey } from './matrix.tsx';

/** Every call there is and who may make it, as core itself enforces it; on a narrow window one role at a time. */
export function MatrixCard() {
  const { t } = useTranslation('roles');
  const matrix = useQuery({
    queryKey: ['identity', 'matrix'],
    queryFn: ({ signal }) => client.identity.roleMatrix(undefined, { signal }),
    staleTime: Number.POSITIVE_INFINITY,
  });
  return (
    <SettingsCard title={t('matrix.title')} lead={t('matrix.lead')}>
      {matrix.isPending && <Loading lines={8} />}
      {matrix.isError && <ErrorState error={matrix.error} onRetry={() => void matrix.refetch()} />}
      {matrix.data && <Filtered matrix={matrix.data} />}
    </SettingsCard>
  );
}

function Filtered({ matrix }: { readonly matrix: RoleMatrix }) {
  const { t } = useTranslation(['roles', 'common']);
  const narrow = useMediaQuery('(max-width: 1000px)', false, { getInitialValueInEffect: false });
  const { role: own } = useSession().person;
  const mode = useQuery(policiesQuery()).data?.mode;
  const [search, setSearch] = useState('');
  const [picked, setPicked] = useState<Role | null>(null);
  const one = picked ?? (narrow ? own : null);
  const present = rolesOf(mode ?? 'personal');
  const shown = one === null ? matrix.roles.filter((role) => present.includes(role)) : [one];
  const words = search.trim().toLowerCase();
  // A role picked in a wide window shows only what it may do; the narrow one shows both, with its mark.
  const rows = matrix.rows.filter(({ call, permission, action, allowed }) => {
    const text = [call, permission, action, t(`areas.${areaOf(call)}`), t(permissionKey(permission))].join('\n').toLowerCase();
    return text.includes(words) && (narrow || picked === null || allowed.includes(picked));
  });
  return (
    <>
      <Group gap="xs">
        <TextInput
          w={240}
          value={search}
          placeholder={t('matrix.search')}
          aria-label={t('matrix.search')}
          leftSection={<IconSearch size={15} aria-hidden />}
          rightSection={search !== '' && <CloseButton size="sm" aria-label={t('common:clear')} onClick={() => setSearch('')} />}
          onChange={(event) => setSearch(event.currentTarget.value)}
        />
        <Select
          w={210}
          aria-label={t('matrix.role')}
          placeholder={t('matrix.allRoles')}
          data={matrix.roles.map((value) => ({ value, label: t(`common:roles.${value}`) }))}
          value={one}
          onChange={setPicked}
          clearable={!narrow}
          allowDeselect={!narrow}
        />
        <Text fz="xs" c="dimmed" role="status">
          {t('matrix.count', { count: rows.length, shown: formatNumber(rows.length) })}
        </Text>
      </Group>
      <Matrix rows={rows} roles={shown} />
    </>
  );
}
