import { ActionIcon, Button, Group, Stack, Text } from '@mantine/core';
import { IconCircleCheck, IconX } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { shareGroups } from '../../../../electron/core/contract/code-groups.ts';
import { CodeField } from '../code/code-field.tsx';
import { codeOf, complete, mistypedGroups } from '../code/groups.ts';

type Props = { readonly shares: readonly string[]; readonly needed: number; readonly onChange: (shares: readonly string[]) => void };

/** Custodians type their shares one after the other; what was typed is not shown again. */
export function ShareList({ shares, needed, onChange }: Props) {
  const { t } = useTranslation('vault');
  const [groups, setGroups] = useState<readonly string[]>([]);
  const share = codeOf(groups);
  const repeated = shares.includes(share);
  const ready = complete(groups, shareGroups) && mistypedGroups(groups).length === 0 && !repeated;
  const add = (): void => {
    onChange([...shares, share]);
    setGroups([]);
  };
  return (
    <Stack gap="sm">
      <Stack component="ul" gap={2} m={0} p={0} style={{ listStyle: 'none' }} aria-label={t('recover.taken')}>
        {shares.map((each, at) => (
          <Group component="li" key={each} gap="xs">
            <IconCircleCheck size={16} color="var(--mantine-color-green-7)" aria-hidden />
            <Text flex={1}>{t('recover.share', { number: at + 1, needed })}</Text>
            <ActionIcon
              variant="subtle"
              color="gray"
              aria-label={t('recover.removeShare', { number: at + 1 })}
              onClick={() => onChange(shares.filter((other) => other !== each))}
            >
              <IconX size={16} aria-hidden />
            </ActionIcon>
          </Group>
        ))}
      </Stack>
      {shares.length < needed && (
        <>
          <CodeField
            key={shares.length}
            label={t('recover.share', { number: shares.length + 1, needed })}
            description={t('recover.shareHint')}
            count={shareGroups}
            value={groups}
            onChange={setGroups}
            onEnter={ready ? add : () => undefined}
            autoFocus
          />
          {repeated && (
            <Text fz="xs" c="var(--rd-warning-text)" role="alert">
              {t('recover.sameShare')}
            </Text>
          )}
          <Group justify="flex-end">
            <Button variant="default" disabled={!ready} onClick={add}>
              {t(shares.length + 1 < needed ? 'recover.nextShare' : 'recover.lastShare')}
            </Button>
          </Group>
        </>
      )}
    </Stack>
  );
}
