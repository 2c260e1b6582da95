import { Button, Group, Stack, Text } from '@mantine/core';
import { IconKey, IconPrinter } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { recoveryCodeGroups } from '../../../../electron/core/contract/code-groups.ts';
import { client } from '../../../lib/client.ts';
import { FormError } from '../../../ui/form-error.tsx';
import { CodeField } from '../code/code-field.tsx';
import { CodeShown } from '../code/code-shown.tsx';
import { codeOf, complete, mistypedGroups } from '../code/groups.ts';
import { PrintSheets } from '../sheet/print-sheets.tsx';
import { Sheet } from '../sheet/sheet.tsx';
import { useVaultStatus } from '../use-vault-status.ts';

type Props = {
  readonly onDone: () => void;
  /** Further buttons beside those of every step. */
  readonly beside?: ReactNode;
};

type Shown = { readonly code: string; readonly madeAt: number };

/** A new recovery code: shown, printed, typed back. It lives in this component only, and opens nothing until it was typed back. */
export function RecoveryMaker({ onDone, beside }: Props) {
  const { t } = useTranslation('vault');
  const [shown, setShown] = useState<Shown | null>(null);
  const [typing, setTyping] = useState(false);
  const vault = useVaultStatus();
  const begin = useMutation({
    mutationFn: () => client.keys.beginRecovery(),
    meta: { quiet: true },
    onSuccess: ({ code }) => setShown({ code, madeAt: Date.now() }),
  });

  if (!shown)
    return (
      <Stack gap="md">
        <FormError error={begin.error} />
        <Group justify="flex-end" gap="xs">
          {beside}
          <Button size="sm" leftSection={<IconKey size={16} aria-hidden />} loading={begin.isPending} onClick={() => begin.mutate()}>
            {t('recovery.show')}
          </Button>
        </Group>
      </Stack>
    );
  if (typing) return <TypeBack onBack={() => setTyping(false)} onDone={onDone} beside={beside} />;
  return (
    <Stack gap="md">
      <CodeShown code={shown.code} />
      <Text c="dimmed">{t('recovery.shownText')}</Text>
      <Group justify="flex-end" gap="xs">
        {beside}
        <Button
          size="sm"
          variant="default"
          leftSection={<IconPrinter size={16} aria-hidden />}
          disabled={!vault}
          onClick={() => window.print()}
        >
          {t('recovery.print')}
        </Button>
        <Button size="sm" onClick={() => setTyping(true)}>
          {t('recovery.next')}
        </Button>
      </Group>
      {vault && (
        <PrintSheets>
          <Sheet vault={vault} kind="recovery" code={shown.code} madeAt={shown.madeAt} />
        </PrintSheets>
      )}
    </Stack>
  );
}

function TypeBack({ onBack, onDone, beside }: Props & { readonly onBack: () => void }) {
  const { t } = useTranslation('vault');
  const [groups, setGroups] = useState<readonly string[]>([]);
  const confirm = useMutation({
    mutationFn: () => client.keys.confirmRecovery({ code: codeOf(groups) }),
    meta: { quiet: true },
    onSuccess: onDone,
  });
  const ready = complete(groups, recoveryCodeGroups) && mistypedGroups(groups).length === 0;
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault();
        if (ready) confirm.mutate();
      }}
    >
      <CodeField
        label={t('recovery.typeBack')}
        description={t('recovery.typeBackHint')}
        count={recoveryCodeGroups}
        value={groups}
        onChange={setGroups}
        autoFocus
      />
      <FormError error={confirm.error} />
      <Group justify="flex-end" gap="xs">
        {beside}
        <Button size="sm" variant="default" onClick={onBack}>
          {t('recovery.again')}
        </Button>
        <Button size="sm" type="submit" disabled={!ready} loading={confirm.isPending}>
          {t('recovery.confirm')}
        </Button>
      </Group>
    </form>
  );
}
