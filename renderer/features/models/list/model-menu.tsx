import { ActionIcon, CopyButton, Menu } from '@mantine/core';
import { IconCopy, IconDots, IconStar, IconTrash } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Model } from '../../../../electron/core/contract/index.ts';
import type { ModelActions } from './use-model-actions.tsx';

/** The rarer actions of a model. */
export function ModelMenu({ model, actions }: { readonly model: Model; readonly actions: ModelActions }) {
  const { t } = useTranslation('models');
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" aria-label={t('action.more', { name: model.displayName })}>
          <IconDots size={18} aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item leftSection={<IconStar size={16} aria-hidden />} disabled={model.isDefault} onClick={() => actions.setDefault.mutate()}>
          {t('action.setDefault')}
        </Menu.Item>
        <CopyButton value={model.sha256}>
          {({ copy }) => (
            <Menu.Item leftSection={<IconCopy size={16} aria-hidden />} onClick={copy}>
              {t('action.copyHash')}
            </Menu.Item>
          )}
        </CopyButton>
        <Menu.Item
          color="red"
          leftSection={<IconTrash size={16} aria-hidden />}
          disabled={model.storage === 'built-in'}
          onClick={actions.confirmRemove}
        >
          {t('action.remove')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
