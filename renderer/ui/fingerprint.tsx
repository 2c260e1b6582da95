import { Button, CopyButton } from '@mantine/core';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import classes from './fingerprint.module.css';

type Props = { /** SHA-256, hexadecimal. */ readonly sha256: string; readonly label: string };

/** A fingerprint in groups of four, to be read out or copied. */
export function Fingerprint({ sha256, label }: Props) {
  const { t } = useTranslation('common');
  const groups = sha256.toUpperCase().match(/.{4}/g) ?? [];
  return (
    <div className={classes['fingerprint']}>
      <div className={classes['groups']} role="group" aria-label={label}>
        {groups.map((group, index) => (
          <span key={index}>{group} </span>
        ))}
      </div>
      <CopyButton value={groups.join(' ')}>
        {({ copy, copied }) => (
          <Button
            variant="default"
            leftSection={copied ? <IconCheck size={15} aria-hidden /> : <IconCopy size={15} aria-hidden />}
            onClick={copy}
          >
            {t(copied ? 'copied' : 'copy')}
          </Button>
        )}
      </CopyButton>
    </div>
  );
}
