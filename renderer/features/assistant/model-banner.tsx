import { Button, Text } from '@mantine/core';
import { IconInfoCircle } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { navigate } from '../../lib/route.ts';
import { usePermission } from '../../lib/session.ts';
import { useChosenModel } from './use-chosen-model.ts';
import classes from './assistant.module.css';

/** Says plainly what the model that would answer cannot do, and where a better one comes from. */
export function ModelBanner() {
  const { t } = useTranslation('assistant');
  const { chosen, none } = useChosenModel();
  const mayImport = usePermission('models.manage');
  const text = none ? 'none' : (chosen?.label ?? (chosen && !chosen.hasChatTemplate ? 'noTemplate' : null));
  if (text === null) return null;
  return (
    <div className={classes['banner']} role="note">
      <IconInfoCircle size={18} stroke={1.7} aria-hidden />
      <Text fz="sm" component="span">
        {t(`banner.${text}`)} {!mayImport && t('banner.askAdministrator')}
      </Text>
      {mayImport && (
        <Button variant="default" size="compact-sm" onClick={() => navigate('models')}>
          {t('banner.import')}
        </Button>
      )}
    </div>
  );
}
