import { ActionIcon, Text, Title, Tooltip } from '@mantine/core';
import { IconArrowLeft } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { navigate } from '../../../lib/route.ts';
import classes from './log.module.css';

type Props = { readonly title: string; readonly description?: ReactNode; readonly actions?: ReactNode; readonly children: ReactNode };

/** A page that one comes to from the log, with the way back to where one was. */
export function SubPage({ title, description, actions, children }: Props) {
  const { t } = useTranslation('audit');
  return (
    <>
      <div className={classes['sub']}>
        <Tooltip label={t('back')}>
          <ActionIcon variant="subtle" color="gray" aria-label={t('back')} onClick={back}>
            <IconArrowLeft size={18} aria-hidden />
          </ActionIcon>
        </Tooltip>
        <div className={classes['subText']}>
          <Title order={2} className={classes['subTitle']}>
            {title}
          </Title>
          {description !== undefined && (
            <Text component="div" fz="xs" c="dimmed" truncate>
              {description}
            </Text>
          )}
        </div>
        {actions}
      </div>
      {children}
    </>
  );
}

function back(): void {
  if (history.length > 1) history.back();
  else navigate('audit', ['log']);
}
