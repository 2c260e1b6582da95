import { Group, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import classes from './page-header.module.css';

type Props = { readonly title: ReactNode; readonly description?: ReactNode; readonly leading?: ReactNode; readonly children?: ReactNode };

/** The top line of a view: its name, one line about it, and its actions on the right. */
export function PageHeader({ title, description, leading, children }: Props) {
  return (
    <header className={classes['header']}>
      {leading}
      <div className={classes['text']}>
        <Title order={1} className={classes['title']}>
          {title}
        </Title>
        {description !== undefined && (
          <Text c="dimmed" fz="xs" truncate>
            {description}
          </Text>
        )}
      </div>
      <Group gap="xs" wrap="nowrap" className={classes['actions']}>
        {children}
      </Group>
    </header>
  );
}
