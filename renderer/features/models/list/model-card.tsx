import { Alert, Button, Group, Progress, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Model } from '../../../../electron/core/contract/index.ts';
import { describe } from '../../../lib/errors.ts';
import { usePermission } from '../../../lib/session.ts';
import { StatusBadge, type Tone } from '../../../ui/status-badge.tsx';
import classes from '../models.module.css';
import { ModelFacts } from './model-facts.tsx';
import { ModelMenu } from './model-menu.tsx';
import { useModelActions } from './use-model-actions.tsx';

const tones: Readonly<Record<Model['load']['state'], Tone>> = { unloaded: 'neutral', loading: 'active', loaded: 'good', failed: 'bad' };

/** One model of the registry. */
export function ModelCard({ model }: { readonly model: Model }) {
  const { t } = useTranslation('models');
  const mayManage = usePermission('models.manage');
  const actions = useModelActions(model);
  const { displayName, label, isDefault, load } = model;
  return (
    <li className={classes['card']} aria-label={displayName}>
      <Group gap="xs" wrap="nowrap" style={{ minWidth: 0 }}>
        <Title order={2} style={{ overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' }} title={displayName}>
          {displayName}
        </Title>
        {isDefault && <StatusBadge tone="active">{t('default')}</StatusBadge>}
        {label && <StatusBadge tone="warning">{t(`label.${label}`)}</StatusBadge>}
        <StatusBadge tone={tones[load.state]} busy={load.state === 'loading'}>
          {t(`load.${load.state}`)}
        </StatusBadge>
      </Group>
      {mayManage && (
        <Group gap="xs" wrap="nowrap">
          {load.state === 'loaded' || load.state === 'loading' ? (
            <Button
              variant="default"
              loading={actions.unload.isPending}
              onClick={() => actions.unload.mutate()}
              aria-label={t('action.unloadNamed', { name: displayName })}
            >
              {t('action.unload')}
            </Button>
          ) : (
            <Button
              variant="default"
              loading={actions.load.isPending}
              onClick={() => actions.load.mutate()}
              aria-label={t('action.loadNamed', { name: displayName })}
            >
              {t('action.load')}
            </Button>
          )}
          <ModelMenu model={model} actions={actions} />
        </Group>
      )}
      <ModelFacts header={model} memory={model.memory} storage={model.storage} />
      {load.state === 'loading' && (
        <Progress className={classes['wide']} value={load.progress * 100} size={5} aria-label={t('loadingOf', { name: displayName })} />
      )}
      {label && (
        <Text className={classes['wide']} fz="xs" c="dimmed">
          {t(`labelText.${label}`)}
        </Text>
      )}
      {load.engine?.whyNotNative && (
        <Text className={classes['wide']} fz="xs" c="dimmed">
          {t('fallbackEngine', { reason: load.engine.whyNotNative })}
        </Text>
      )}
      {load.error && (
        <Alert className={classes['wide']} color="red" variant="light" py={6}>
          {describe(load.error)}
        </Alert>
      )}
    </li>
  );
}
