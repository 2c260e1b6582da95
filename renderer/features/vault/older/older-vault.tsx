import { Alert, Button, Group, List, Text } from '@mantine/core';
import { IconAlertTriangle, IconInfoCircle } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Failure } from '../../../lib/errors.ts';
import { formatTimeWithZone } from '../../../lib/format.ts';
import { GatePage } from '../gate-page.tsx';
import { OlderFigures } from './older-figures.tsx';
import { OpenOlder } from './open-older.tsx';

/** What can be wrong with a vault's age, as core names it. */
const verdicts = ['older', 'lost-tail', 'forked', 'swapped-pages', 'missing', 'damaged', 'older-slots'] as const;
type Verdict = (typeof verdicts)[number];

type Props = {
  readonly failure: Failure;
  readonly busy: boolean;
  /** Opens it all the same; core records who decided so. */
  readonly onOpen: () => void;
  readonly onBack: () => void;
};

/** The vault is not the one that was last open here: what that means, and the ways a person has. Nothing was opened yet. */
export function OlderVault({ failure, busy, onOpen, onBack }: Props) {
  const { t } = useTranslation('vault');
  const { backupAt, verdict: found } = failure.details;
  if (typeof backupAt === 'number')
    return <Restored backupAt={backupAt} details={failure.details} busy={busy} onOpen={onOpen} onBack={onBack} />;
  const verdict: Verdict = verdicts.find((each) => each === found) ?? 'older';
  return (
    <GatePage title={t(`older.${verdict}.title`)} wide>
      <Alert role="alert" color="orange" icon={<IconAlertTriangle size={18} aria-hidden />}>
        {t(`older.${verdict}.text`)}
      </Alert>
      <OlderFigures details={failure.details} />
      <div>
        <Text fw={600} mb={4}>
          {t('older.ways')}
        </Text>
        <List fz="sm" spacing={6}>
          <List.Item>{t('older.wayClose')}</List.Item>
          <List.Item>{t('older.wayRestore')}</List.Item>
          <List.Item>{t('older.wayOpen')}</List.Item>
        </List>
      </div>
      <OpenOlder busy={busy} onOpen={onOpen} onBack={onBack} />
    </GatePage>
  );
}

type RestoredProps = Omit<Props, 'failure'> & { readonly backupAt: number; readonly details: Failure['details'] };

/** It is older because a backup was restored here: expected, but still to be decided by a person and recorded. */
function Restored({ backupAt, details, busy, onOpen, onBack }: RestoredProps) {
  const { t } = useTranslation('vault');
  return (
    <GatePage title={t('older.restored.title')} wide>
      <Alert role="alert" color="petrol" icon={<IconInfoCircle size={18} aria-hidden />}>
        {t('older.restored.text', { time: formatTimeWithZone(backupAt) })}
      </Alert>
      <OlderFigures details={details} />
      <Group justify="flex-end" gap="xs">
        <Button size="sm" variant="default" onClick={onBack}>
          {t('older.back')}
        </Button>
        <Button size="sm" loading={busy} autoFocus onClick={onOpen}>
          {t('older.restored.open')}
        </Button>
      </Group>
    </GatePage>
  );
}
