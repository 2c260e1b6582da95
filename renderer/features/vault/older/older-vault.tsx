import { Alert, Button, Group, List, Text } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Failure } from '../../../lib/errors.ts';
import { TypedConfirm, isConfirmed } from '../../../ui/typed-confirm.tsx';
import { GatePage } from '../gate-page.tsx';
import { OlderFigures } from './older-figures.tsx';

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
  const [choosing, setChoosing] = useState(false);
  const [typed, setTyped] = useState('');
  const verdict: Verdict = verdicts.find((each) => each === failure.details['verdict']) ?? 'older';
  const phrase = t('older.phrase');
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
      {choosing && (
        <form
          className="stack"
          onSubmit={(event) => {
            event.preventDefault();
            if (isConfirmed(typed, phrase)) onOpen();
          }}
        >
          <TypedConfirm phrase={phrase} value={typed} onChange={setTyped} autoFocus />
          <Text fz="xs" c="dimmed">
            {t('older.recorded')}
          </Text>
          <Group justify="flex-end" gap="xs">
            <Button size="sm" variant="default" onClick={onBack}>
              {t('older.back')}
            </Button>
            <Button size="sm" type="submit" color="orange" disabled={!isConfirmed(typed, phrase)} loading={busy}>
              {t('older.open')}
            </Button>
          </Group>
        </form>
      )}
      {!choosing && (
        <Group justify="flex-end" gap="xs">
          <Button size="sm" variant="subtle" color="orange" onClick={() => setChoosing(true)}>
            {t('older.openEllipsis')}
          </Button>
          <Button size="sm" onClick={onBack} autoFocus>
            {t('older.back')}
          </Button>
        </Group>
      )}
    </GatePage>
  );
}
