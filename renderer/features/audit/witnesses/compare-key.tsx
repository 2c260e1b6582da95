import { Alert, Button, Checkbox, Group, Text } from '@mantine/core';
import { IconKey } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { FormError } from '../../../ui/form-error.tsx';
import classes from './witnesses.module.css';

type Props = {
  /** Key of the witness, `name+key id+base64`. */
  readonly of: string;
  readonly error: unknown;
  readonly busy: boolean;
  readonly onTrust: () => void;
  readonly onCancel: () => void;
};

/** Before an unknown witness is trusted: its key, large, beside which a person holds what the other machine shows. */
export function CompareKey({ of, error, busy, onTrust, onCancel }: Props) {
  const { t } = useTranslation(['audit', 'common']);
  const [same, setSame] = useState(false);
  const [name = '', id = '', key = ''] = partsOf(of);
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault();
        if (same) onTrust();
      }}
    >
      <Alert icon={<IconKey size={18} aria-hidden />} title={t('witness.compare.title')}>
        {t('witness.compare.text')}
      </Alert>
      <dl className={classes['compare']}>
        <dt>{t('witness.name')}</dt>
        <dd>{name}</dd>
        <dt>{t('witness.compare.id')}</dt>
        <dd>{id}</dd>
        <dt>{t('witness.key')}</dt>
        <dd>
          {(key.match(/.{1,4}/g) ?? []).map((part, index) => (
            <span key={index}>{part}</span>
          ))}
        </dd>
      </dl>
      <Text fz="xs" c="dimmed">
        {t('witness.compare.where')}
      </Text>
      <Checkbox label={t('witness.compare.same')} checked={same} onChange={(event) => setSame(event.currentTarget.checked)} />
      <FormError error={error} />
      <Group justify="flex-end" gap="xs">
        <Button variant="default" onClick={onCancel}>
          {t('common:cancel')}
        </Button>
        <Button type="submit" disabled={!same} loading={busy}>
          {t('witness.compare.trust')}
        </Button>
      </Group>
    </form>
  );
}

/** Name, key id and key; only the key may hold a plus sign. */
function partsOf(noteKey: string): string[] {
  const [name = '', id = '', ...key] = noteKey.split('+');
  return [name, id, key.join('+')];
}
