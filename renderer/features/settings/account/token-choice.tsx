import { ActionIcon, Alert, Group, Select } from '@mantine/core';
import type { UseFormReturnType } from '@mantine/form';
import { IconInfoCircle, IconRefresh } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { FormError } from '../../../ui/form-error.tsx';
import { PasswordField } from '../../vault/password/password-field.tsx';
import { tokensQuery } from '../keys/queries.ts';
import type { FactorValues } from './set-factor.ts';

/** Which of the tokens that are plugged in, and its PIN. */
export function TokenChoice({ form }: { readonly form: UseFormReturnType<FactorValues> }) {
  const { t } = useTranslation(['account', 'vault']);
  const tokens = useQuery(tokensQuery);
  const found = tokens.data?.tokens ?? [];
  const nothing = tokens.data && found.length === 0;
  const only = found.length === 1 ? found[0]?.serial : undefined;
  const choose = useRef(form.setFieldValue);
  useEffect(() => {
    if (only !== undefined) choose.current('serial', only);
  }, [only]);
  return (
    <>
      <Group align="flex-end" gap="xs" wrap="nowrap">
        <Select
          flex={1}
          label={t('factor.token')}
          placeholder={t('factor.tokenPlaceholder')}
          required
          allowDeselect={false}
          data={found.map(({ serial, label, manufacturer }) => ({ value: serial, label: `${label} · ${manufacturer} · ${serial}` }))}
          {...form.getInputProps('serial')}
        />
        <ActionIcon
          variant="default"
          size={32}
          aria-label={t('factor.lookAgain')}
          loading={tokens.isFetching}
          onClick={() => void tokens.refetch()}
        >
          <IconRefresh size={16} aria-hidden />
        </ActionIcon>
      </Group>
      {nothing && (
        <Alert color="petrol" icon={<IconInfoCircle size={18} aria-hidden />}>
          {(tokens.data.available ? null : tokens.data.reason) ?? t('factor.noToken')}
        </Alert>
      )}
      <FormError error={tokens.error} />
      <PasswordField label={t('vault:factor.pin')} autoComplete="off" inputMode="numeric" required {...form.getInputProps('newPin')} />
    </>
  );
}
