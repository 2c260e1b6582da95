import { Group, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { ActionButton } from './actions/action-button.tsx';
import classes from './flow-editor.module.css';

/** An empty flow says how it begins. */
export function EmptyCanvas({ canWrite }: { readonly canWrite: boolean }) {
  const { t } = useTranslation('flows');
  return (
    <div className={classes['empty']}>
      <Title order={2}>{t('emptyCanvas.title')}</Title>
      <Text c="dimmed" ta="center" maw={420}>
        {t(canWrite ? 'emptyCanvas.text' : 'emptyCanvas.readOnly')}
      </Text>
      {canWrite && (
        <Group className={classes['emptyActions'] ?? ''}>
          <ActionButton id="add" labelled variant="filled" />
        </Group>
      )}
    </div>
  );
}
