import { ActionIcon, Alert, Button, Group, Radio, Select, Stack, Text } from '@mantine/core';
import { IconInfoCircle, IconRefresh } from '@tabler/icons-react';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { client } from '../../../lib/client.ts';
import { formatNumber } from '../../../lib/format.ts';
import { FormError } from '../../../ui/form-error.tsx';
import { PasswordField } from '../../vault/password/password-field.tsx';
import { tokensQuery } from '../keys/queries.ts';
import { useSigningChange } from './use-signing-change.ts';

// Its name is that of a hook to the linter.
const { useToken: signWithToken } = client.signing;

/** Which token, its PIN, and then which of its keys. */
export function TokenForm({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation(['signing', 'common']);
  const tokens = useQuery(tokensQuery);
  const found = tokens.data?.tokens ?? [];
  const [chosen, setChosen] = useState<string | null>(null);
  const [pin, setPin] = useState('');
  const [keyId, setKeyId] = useState('');
  const serial = chosen ?? (found.length === 1 ? (found[0]?.serial ?? null) : null);
  const keys = useMutation({
    mutationFn: (of: string) => client.signing.tokenKeys({ serial: of, pin }),
    meta: { quiet: true },
    onSuccess: (list) => setKeyId(list.length === 1 ? (list[0]?.keyId ?? '') : ''),
  });
  const sign = useSigningChange((of: string) => signWithToken({ serial: of, pin, keyId }), t('token.done'), onClose);
  /** Another token or PIN: what was found belongs to the last one. */
  const forget = (): void => {
    keys.reset();
    sign.reset();
    setKeyId('');
  };
  const ready = serial !== null && pin !== '';
  return (
    <form
      className="stack"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (!ready) return;
        if (keyId === '') keys.mutate(serial);
        else sign.mutate(serial);
      }}
    >
      <Text>{t('token.chooseText')}</Text>
      <Group align="flex-end" gap="xs" wrap="nowrap">
        <Select
          flex={1}
          label={t('token.which')}
          placeholder={t('token.whichPlaceholder')}
          required
          allowDeselect={false}
          data={found.map(({ serial: value, label, manufacturer }) => ({ value, label: `${label} · ${manufacturer} · ${value}` }))}
          value={serial}
          onChange={(value) => {
            setChosen(value);
            forget();
          }}
        />
        <ActionIcon
          variant="default"
          size={32}
          aria-label={t('token.lookAgain')}
          loading={tokens.isFetching}
          onClick={() => void tokens.refetch()}
        >
          <IconRefresh size={16} aria-hidden />
        </ActionIcon>
      </Group>
      {tokens.data && found.length === 0 && (
        <Alert color="petrol" icon={<IconInfoCircle size={18} aria-hidden />}>
          {(tokens.data.available ? null : tokens.data.reason) ?? t('token.none')}
        </Alert>
      )}
      <PasswordField
        label={t('token.pin')}
        autoComplete="off"
        inputMode="numeric"
        required
        value={pin}
        onChange={(event) => {
          setPin(event.currentTarget.value);
          forget();
        }}
      />
      {keys.data?.length === 0 && <Alert color="yellow">{t('token.noKeys')}</Alert>}
      {keys.data && keys.data.length > 0 && (
        <Radio.Group label={t('token.key')} value={keyId} onChange={setKeyId}>
          <Stack gap={8} mt={6}>
            {keys.data.map((key) => (
              <Radio
                key={key.keyId}
                value={key.keyId}
                label={key.label || key.keyId}
                description={t(`token.algorithms.${key.algorithm}`, { bits: formatNumber(key.bits), id: key.keyId })}
              />
            ))}
          </Stack>
        </Radio.Group>
      )}
      <FormError error={tokens.error ?? keys.error ?? sign.error} />
      <Group justify="flex-end" gap="xs">
        <Button variant="default" onClick={onClose}>
          {t('common:cancel')}
        </Button>
        <Button type="submit" loading={keys.isPending || sign.isPending} disabled={!ready || (keys.data !== undefined && keyId === '')}>
          {t(keys.data && keys.data.length > 0 ? 'token.use' : 'token.showKeys')}
        </Button>
      </Group>
    </form>
  );
}
