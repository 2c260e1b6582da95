import { Title } from '@mantine/core';
import type { ReactNode } from 'react';
import classes from './state.module.css';

type Props = { readonly title: string; readonly actions?: ReactNode; readonly children: ReactNode };

/** One part of the drawer under its heading. */
export function Part({ title, actions, children }: Props) {
  return (
    <section className={classes['part']}>
      <div className={classes['partHead']}>
        <Title order={3}>{title}</Title>
        {actions}
      </div>
      {children}
    </section>
  );
}
